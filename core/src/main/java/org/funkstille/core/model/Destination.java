package org.funkstille.core.model;

import java.util.Optional;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;

/**
 * A destination that an allow-list names.
 *
 * @param protocol absent: any
 * @param port absent: any; present only with TCP or UDP
 */
public record Destination(Prefix prefix, Optional<Protocol> protocol, Optional<Integer> port) {

    public boolean matches(Endpoint endpoint) {
        return prefix.contains(endpoint.address())
                && protocol.filter(wanted -> !wanted.equals(endpoint.protocol()))
                        .isEmpty()
                && port.filter(wanted -> wanted != endpoint.port()).isEmpty();
    }
}
