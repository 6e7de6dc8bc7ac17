package org.funkstille.lab.facade.pf;

import java.util.List;

/**
 * What a router's software writes for one purpose.
 *
 * @param text as it stands in {@code rules.debug}: lines, comments among them
 * @param rules what pf makes of it; none of a comment
 */
public record PfStatement(String text, List<PfRule> rules) {

    public PfStatement {
        rules = List.copyOf(rules);
    }

    public static PfStatement comment(String text) {
        return new PfStatement(text, List.of());
    }

    public static PfStatement of(String text, PfRule... rules) {
        return new PfStatement(text, List.of(rules));
    }
}
