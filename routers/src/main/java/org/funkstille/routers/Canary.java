package org.funkstille.routers;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;

/**
 * How a refused canary is known from a device's attempt.
 *
 * @param source where it comes from
 * @param destination where it goes; absent: whatever comes from that source is the canary
 */
public record Canary(InetAddress source, Optional<Endpoint> destination) {

    public boolean is(InetAddress from, Endpoint to) {
        return source.equals(from)
                && destination.filter(wanted -> !wanted.equals(to)).isEmpty();
    }
}
