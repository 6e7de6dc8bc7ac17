package org.funkstille.core.verdict;

import java.time.Instant;
import java.util.Locale;

/**
 * What one source of evidence says.
 *
 * @param at the moment that it speaks of
 * @param detail for people: what it saw, since when it looks, what it could not see
 */
public record Witness(Kind kind, Says says, Instant at, String detail) {

    /** The sources of evidence. */
    public enum Kind {
        RULES,
        COUNTERS,
        FLOWS,
        STATES,
        CANARY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it says of "nothing leaves". */
    public enum Says {
        YES,
        NO,
        /** It was not awake, or cannot tell. */
        UNKNOWN,
        /** This router has no such witness; the verdict's grade says what that costs. */
        NOT_OFFERED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
