package org.funkstille.proof.read;

import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.proof.read.iptables.IptablesReader;
import org.funkstille.proof.read.nft.NftReader;
import org.funkstille.proof.read.pf.PfReader;

/** The syntaxes that rule sets are saved in. */
public enum Format {
    /** {@code nft -j list ruleset}. */
    NFT_JSON("nft-json"),
    /** {@code iptables-save} and {@code ip6tables-save}. */
    IPTABLES_SAVE("iptables-save"),
    /** {@code rules.debug} of pfSense and OPNsense, {@code pfctl -sr}. */
    PF("pf");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /** As the command line has it. */
    public String word() {
        return word;
    }

    public static Optional<Format> of(String word) {
        return Stream.of(values()).filter(format -> format.word.equals(word)).findFirst();
    }

    /** A reader of this syntax. */
    public RuleSetReader reader() {
        return switch (this) {
            case NFT_JSON -> new NftReader();
            case IPTABLES_SAVE -> new IptablesReader();
            case PF -> new PfReader();
        };
    }
}
