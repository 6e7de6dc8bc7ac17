package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/**
 * Rules that do nothing, for any packet of any device: those before them, or in pf those behind, decide on all packets
 * that they match; or they match none at all. What is unknown is taken both ways: a rule is only named where it does
 * nothing in any case.
 *
 * @param shadows in the order of chains as packets come to them, and of the rules in them
 * @param unvisited chains, by name, to which no packet can come
 */
public record Shadows(List<Shadow> shadows, Set<String> unvisited) {

    /** In what way a rule does nothing. */
    public enum Kind {
        /** No packet that it matches comes to it. */
        NEVER_MATCHES,
        /** pf: a later rule decides on every packet that it matches. */
        NEVER_DECIDES
    }

    /**
     * A rule that does nothing.
     *
     * @param index of the rule in its chain, from 0
     * @param by the first few rules that decide on packets it would match; none where its condition, or that of the
     *     jump to its chain, contradicts itself
     */
    public record Shadow(String chain, int index, Rule rule, Kind kind, List<Rule> by) {
        public Shadow {
            by = List.copyOf(by);
        }
    }

    public Shadows {
        shadows = List.copyOf(shadows);
        unvisited = Set.copyOf(unvisited);
    }

    public static Shadows of(RuleSet rules, Budget budget) throws TooLarge {
        Forwards forwards = new Forwards(rules, new Diagrams(Layout.PACKET, budget));
        for (BaseChain base : rules.bases()) {
            forwards.base(base);
        }
        List<Shadow> shadows = new ArrayList<>();
        Set<String> unvisited = new HashSet<>(rules.chains().keySet());
        forwards.visited().forEach((chain, lives) -> {
            unvisited.remove(chain);
            shadows.addAll(shadows(rules.chain(chain), lives));
        });
        return new Shadows(shadows, unvisited);
    }

    private static List<Shadow> shadows(Chain chain, List<Life> lives) {
        List<Shadow> found = new ArrayList<>();
        for (int index = 0; index < lives.size(); index++) {
            Life life = lives.get(index);
            if (!life.decides()) {
                Kind kind = life.matches() ? Kind.NEVER_DECIDES : Kind.NEVER_MATCHES;
                found.add(new Shadow(chain.name(), index, chain.rules().get(index), kind, life.by()));
            }
        }
        return found;
    }

    /** What has been seen of a rule so far, on all visits to its chain. */
    static final class Life {

        private static final int MOST_NAMED = 5;

        private final List<Rule> by = new ArrayList<>();
        private boolean matches;
        private boolean decides;

        void match() {
            matches = true;
        }

        void decide() {
            matches = true;
            decides = true;
        }

        boolean matches() {
            return matches;
        }

        /** Whether it does anything. */
        boolean decides() {
            return decides;
        }

        List<Rule> by() {
            return by;
        }

        boolean wantsMore() {
            return by.size() < MOST_NAMED;
        }

        void shadowedBy(Rule rule) {
            if (!by.contains(rule)) {
                by.add(rule);
            }
        }
    }
}
