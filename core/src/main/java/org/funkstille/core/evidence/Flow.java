package org.funkstille.core.evidence;

import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;

/**
 * A flow of a device that passed the router.
 *
 * @param ended absent while it is open
 * @param outside true where it left the house or reached a service of the router, which is a way out as well (its
 *     resolver asks others); false where it stayed within the house
 */
public record Flow(
        Instant began,
        Optional<Instant> ended,
        String device,
        Endpoint destination,
        Optional<String> name,
        boolean outside,
        Traffic traffic) {}
