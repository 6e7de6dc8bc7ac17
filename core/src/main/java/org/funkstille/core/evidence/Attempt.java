package org.funkstille.core.evidence;

import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;

/**
 * Packets of a device that were refused. Several to one destination within a moment may stand as one, with their
 * number.
 *
 * @param at the first of them
 * @param name what the destination is called, where the router resolved it; for a DNS query the name asked for
 * @param packets at least 1
 */
public record Attempt(Instant at, String device, Endpoint destination, Optional<String> name, long packets) {

    public Attempt {
        if (packets < 1) {
            throw new IllegalArgumentException("an attempt has at least one packet, not " + packets);
        }
    }
}
