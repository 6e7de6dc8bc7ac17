package org.funkstille.proof.read.pf;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.funkstille.proof.filter.Rule;

/**
 * Whose rule it is. OPNsense gives its own rules labels of 32 hexadecimal digits, in sections below 200000, where those
 * of floating rules begin; the owner's rules have UUIDs as labels, or stand in later sections. pfSense puts its own
 * before a mark, without {@code USER_RULE}. What pfctl prints of OPNsense has no sections: there, every rule counts as
 * the owner's.
 */
final class Origins {

    private static final int FLOATING_RULES = 200_000;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}");
    private static final String LOCKOUT = "anti-lockout rule";

    private final int ownersRules;

    /** @param ownersRules the number of rules before pfSense's mark, or -1 */
    Origins(int ownersRules) {
        this.ownersRules = ownersRules;
    }

    /** @param number of the rule, from 0 */
    Rule.Origin of(RuleSyntax rule, int number) {
        boolean opnsense = rule.labels().section() >= 0
                && rule.labels().section() < FLOATING_RULES
                && rule.labels().labels().stream()
                        .anyMatch(label -> DIGEST.matcher(label).matches());
        boolean pfsense = number < ownersRules
                && rule.labels().labels().stream().noneMatch(label -> label.startsWith("USER_RULE"));
        if (!opnsense && !pfsense) {
            return Rule.Origin.OWNER;
        }
        String told = String.join(" ", List.copyOf(rule.labels().labels())) + " "
                + rule.labels().comment();
        return told.toLowerCase(Locale.ROOT).contains(LOCKOUT) ? Rule.Origin.ADMINISTRATION : Rule.Origin.SYSTEM;
    }
}
