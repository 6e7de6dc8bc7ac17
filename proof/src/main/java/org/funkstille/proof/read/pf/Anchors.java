package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Anchors that the rule set calls and does not hold. */
final class Anchors {

    private final Set<String> loaded;

    /** @param loaded names of those filled by {@code load anchor} */
    Anchors(Set<String> loaded) {
        this.loaded = Set.copyOf(loaded);
    }

    /** True where the anchor, or one that it stands for, is filled from a file. */
    boolean isLoaded(RuleSyntax anchor) {
        String name = anchor.anchor();
        String parent = name.endsWith("/*") ? name.substring(0, name.length() - 1) : name + "/";
        return loaded.contains(name) || loaded.stream().anyMatch(one -> one.startsWith(parent));
    }

    /** What is taken for granted of the others. */
    List<String> assumptions(List<RuleSyntax> rules) {
        Set<String> assumptions = new LinkedHashSet<>();
        collect(rules, assumptions);
        return new ArrayList<>(assumptions);
    }

    private void collect(List<RuleSyntax> rules, Set<String> assumptions) {
        for (RuleSyntax rule : rules) {
            String keyword = switch (rule.verb()) {
                case ANCHOR -> "anchor";
                case NAT_ANCHOR -> "nat-anchor";
                case BINAT_ANCHOR -> "binat-anchor";
                case RDR_ANCHOR -> "rdr-anchor";
                case PASS, BLOCK, MATCH, NAT, BINAT, RDR, UNCLEAR -> "";
            };
            if (rule.inner().isPresent()) {
                collect(rule.inner().get(), assumptions);
            } else if (!keyword.isEmpty() && !isLoaded(rule)) {
                assumptions.add(keyword + " \"" + rule.anchor() + "\" is taken as empty: its rules were not given");
            }
        }
    }
}
