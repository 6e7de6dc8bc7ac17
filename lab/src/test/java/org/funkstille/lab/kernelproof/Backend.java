package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.kernelproof.KernelRules.Loaded;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.read.iptables.IptablesReader;
import org.funkstille.proof.read.nft.NftReader;

/** The ways of putting rules into a Linux kernel. */
enum Backend {
    NFT,
    IPTABLES_NFT,
    IPTABLES_LEGACY;

    /** Scripts of one random rule set: one, or one for each family. */
    List<String> random(Chance chance) {
        if (this == NFT) {
            return List.of(NftScript.random(chance));
        }
        boolean tracked = chance.percent(70);
        return List.of(IptablesScript.random(chance, false, tracked), IptablesScript.random(chance, true, tracked));
    }

    Optional<Loaded> load(KernelRules rules, List<String> scripts) throws IOException {
        return switch (this) {
            case NFT -> rules.nft(scripts.getFirst());
            case IPTABLES_NFT -> rules.iptables("nft", scripts.getFirst(), scripts.getLast());
            case IPTABLES_LEGACY -> rules.iptables("legacy", scripts.getFirst(), scripts.getLast());
        };
    }

    RuleSet read(Loaded loaded) throws ReadingException {
        RuleSetReader reader = this == NFT ? new NftReader() : new IptablesReader();
        List<SourceText> texts = new ArrayList<>();
        for (String listing : loaded.listings()) {
            texts.add(new SourceText("rules" + texts.size(), listing));
        }
        return reader.read(texts, Surroundings.of(Rig.HOUSE, Instant.parse("2026-01-01T12:00:00Z")))
                .rules();
    }
}
