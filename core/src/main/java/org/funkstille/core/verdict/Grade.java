package org.funkstille.core.verdict;

import java.util.Locale;

/** How a verdict is known. */
public enum Grade {
    /** The router's whole rule set was analysed. */
    PROVED,
    /** Our own rules were read back, and what else was seen of flows or of a canary agrees. */
    OBSERVED,
    /** The router says so and offers nothing else. */
    DECLARED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
