package org.funkstille.proof.read.pf;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All texts, read.
 *
 * @param rules in order, anchors with their rules inside
 * @param ownersRules the number of rules before the mark behind which pfSense puts the rules of the owner; -1 without
 * @param skipped interfaces and groups of {@code set skip}
 * @param loadedAnchors names of anchors that are filled from files
 */
record Ruleset(
        List<RuleSyntax> rules,
        int ownersRules,
        List<RuleSyntax.InterfaceName> skipped,
        Map<String, TableSyntax> tables,
        Set<String> loadedAnchors,
        List<String> assumptions,
        Tags tags) {}
