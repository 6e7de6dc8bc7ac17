package org.funkstille.lab.facade.opnsense;

import java.util.List;
import java.util.stream.Collectors;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfStatement;

/**
 * What becomes a rule of pf, or several.
 *
 * @param label names it in pf: the uuid of a rule of the configuration, else an MD5
 * @param priority rules of a lower one stand first
 * @param enabled what is not stands as a comment in {@code rules.debug}
 * @param keepState what its text says of states; pf keeps them for passed packets in any case; may be empty
 */
record GeneratedRule(
        String label, int priority, String description, boolean enabled, String keepState, List<PfRule> rules) {

    GeneratedRule {
        rules = List.copyOf(rules);
    }

    PfStatement statement(Release release) {
        return new PfStatement(text(release), enabled ? rules : List.of());
    }

    private String text(Release release) {
        return rules.stream()
                .map(rule -> {
                    boolean blocks = rule.action() != PfRule.Action.PASS;
                    String comment = blocks && release.commentsOnGateways()
                            ? "#debug:Gateway not allowed for block rules\n"
                            : "";
                    return comment + (enabled ? "" : "# ") + RuleText.of(rule, keepState) + " label \"" + label
                            + "\" # " + description + "\n";
                })
                .collect(Collectors.joining());
    }
}
