package org.funkstille.guard;

import java.util.Optional;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.nft.NftReader;

/** The syntaxes of rule sets that a guard can prove on. */
final class RuleFormats {

    private RuleFormats() {}

    /** Nothing where nobody here reads this format. */
    static Optional<RuleSetReader> reader(String format) {
        return switch (format) {
            case "nft-json" -> Optional.of(new NftReader());
            default -> Optional.empty();
        };
    }
}
