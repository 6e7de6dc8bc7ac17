package org.funkstille.proof.simulate;

import java.util.Optional;
import java.util.Set;

/**
 * Whether a packet gets out, over everything that is not certain.
 *
 * @param example a way out; of one that escapes surely: a way that the sender can bring about. Absent where it never
 *     escapes, and where the search ended before it found one
 * @param unknowns what nobody knows and was asked on the way, in the router's own words
 * @param complete false where there was more to decide than {@link Simulator#MOST_COURSES} courses; then what was not
 *     looked at counts as unknown
 */
public record Verdict(Escape escape, Optional<Course> example, Set<String> unknowns, boolean complete) {

    /** How certain it is. */
    public enum Escape {
        /** For every outcome of the unknowns there is one of the choices with which the packet escapes. */
        SURELY,
        /** For some. */
        POSSIBLY,
        NEVER
    }

    public Verdict {
        unknowns = Set.copyOf(unknowns);
    }
}
