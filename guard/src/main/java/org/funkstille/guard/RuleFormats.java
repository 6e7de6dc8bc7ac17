package org.funkstille.guard;

import java.util.Optional;
import org.funkstille.proof.read.RuleSetReader;

/** The syntaxes of rule sets that a guard can prove on. */
final class RuleFormats {

    private RuleFormats() {}

    /** Nothing where nobody here reads this format. */
    static Optional<RuleSetReader> reader(String format) {
        return Optional.empty();
    }
}
