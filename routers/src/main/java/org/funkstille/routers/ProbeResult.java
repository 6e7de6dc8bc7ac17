package org.funkstille.routers;

import java.time.Instant;
import java.util.List;
import org.funkstille.core.net.Endpoint;

/**
 * What a host of our own found that the router was told to hold back.
 *
 * @param awake true where the same host got out before it was held back: only then its silence tells something
 * @param escaped where it got an answer although it was held back
 * @param detail for people: what was tried, over which families
 */
public record ProbeResult(Instant at, boolean awake, List<Endpoint> escaped, String detail) {

    public ProbeResult {
        escaped = List.copyOf(escaped);
    }
}
