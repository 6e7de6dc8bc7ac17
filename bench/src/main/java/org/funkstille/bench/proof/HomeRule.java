package org.funkstille.bench.proof;

import java.util.List;
import java.util.Set;
import org.funkstille.core.net.Family;

/**
 * One made-up rule, before it is written in some syntax.
 *
 * @param families of which packets it speaks
 * @param chain {@code INPUT} or {@code FORWARD}
 * @param accept false: drop
 */
record HomeRule(Set<Family> families, String chain, List<Part> parts, boolean accept) {

    static final Set<Family> BOTH = Set.of(Family.IPV4, Family.IPV6);

    HomeRule {
        families = Set.copyOf(families);
        parts = List.copyOf(parts);
    }
}
