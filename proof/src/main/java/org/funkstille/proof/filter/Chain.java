package org.funkstille.proof.filter;

import java.util.List;

/** @param name unique in its rule set, as a path shows it: {@code inet fw4 forward_lan} */
public record Chain(String name, List<Rule> rules) {

    public Chain {
        rules = List.copyOf(rules);
    }
}
