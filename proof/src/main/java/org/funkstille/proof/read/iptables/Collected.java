package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;

/** The chains read so far. */
final class Collected {

    private final List<BaseChain> bases = new ArrayList<>();
    private final Map<String, List<Rule>> chains = new LinkedHashMap<>();

    void chain(String name) {
        chains.put(name, new ArrayList<>());
    }

    void rule(String chain, Rule rule) {
        chains.computeIfAbsent(chain, _ -> new ArrayList<>()).add(rule);
    }

    /** A chain of the kernel's, for packets of the family alone; its rules are told by {@link #rule}. */
    void base(String name, Hook hook, int priority, boolean translation, Family family, Action policy, Source source) {
        chains.computeIfAbsent(name, _ -> new ArrayList<>());
        bases.add(new BaseChain(
                name,
                hook,
                priority,
                translation,
                BaseChain.Matching.FIRST,
                Condition.in(Field.FAMILY, AddressSets.number(family)),
                policy,
                source));
    }

    List<BaseChain> bases() {
        return bases;
    }

    Map<String, Chain> chains() {
        Map<String, Chain> all = new LinkedHashMap<>();
        chains.forEach((name, rules) -> all.put(name, new Chain(name, rules)));
        return all;
    }
}
