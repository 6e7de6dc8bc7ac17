package org.funkstille.proof.smt;

import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Rule;

/** The numbers of the steps that the packet takes, and their limit. */
final class Steps {

    private final Lines lines;
    private int rules;
    private int steps;

    Steps(Lines lines) {
        this.lines = lines;
    }

    /** A rule that comes next, named in the router's own words. */
    int next(Chain chain, Rule rule) throws TooLarge {
        rules++;
        if (rules > SolverText.MOST_RULES) {
            throw new TooLarge(
                    "with its jumps written out the rule set has more than " + SolverText.MOST_RULES + " rules");
        }
        lines.comment(chain.name() + ", " + rule.source().place() + ": " + rule.source());
        return next();
    }

    int next() {
        return ++steps;
    }

    /** A name for the term, unless it is one already. */
    String define(String kind, int number, String term) throws TooLarge {
        if (!term.startsWith("(")) {
            return term;
        }
        String name = kind + "-" + number;
        lines.define(name, Terms.BOOL, term);
        return name;
    }
}
