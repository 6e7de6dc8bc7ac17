package org.funkstille.proof.filter;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that jumps lead somewhere, end, and do not nest too deep. Without recursion: the input may be hostile. */
final class Jumps {

    private final Map<String, Chain> chains;

    /** How deep jumps nest below each chain that is done. */
    private final Map<String, Integer> depths = new HashMap<>();

    private Jumps(Map<String, Chain> chains) {
        this.chains = chains;
    }

    static void check(Collection<BaseChain> bases, Map<String, Chain> chains) {
        Jumps jumps = new Jumps(chains);
        for (BaseChain base : bases) {
            if (!chains.containsKey(base.chain())) {
                throw new MalformedRuleSet("the base chain " + base.chain() + " has no rules and is not defined");
            }
        }
        chains.keySet().stream().sorted().forEach(jumps::visit);
    }

    private record Visit(String chain, Iterator<String> targets) {}

    private void visit(String start) {
        Deque<Visit> stack = new ArrayDeque<>();
        Set<String> onStack = new LinkedHashSet<>();
        enter(start, "", stack, onStack);
        while (!stack.isEmpty()) {
            Visit visit = stack.peek();
            if (visit.targets().hasNext()) {
                enter(visit.targets().next(), visit.chain(), stack, onStack);
            } else {
                stack.pop();
                onStack.remove(visit.chain());
                finish(visit.chain());
            }
        }
    }

    private void enter(String chain, String from, Deque<Visit> stack, Set<String> onStack) {
        if (depths.containsKey(chain)) {
            return;
        }
        if (onStack.contains(chain)) {
            throw new MalformedRuleSet("jumps go in a circle: " + String.join(" -> ", onStack) + " -> " + chain);
        }
        Chain found = chains.get(chain);
        if (found == null) {
            throw new MalformedRuleSet("the chain " + from + " jumps to " + chain + ", which does not exist");
        }
        onStack.add(chain);
        stack.push(new Visit(chain, targets(found).iterator()));
    }

    private void finish(String chain) {
        int depth = 0;
        for (String target : targets(chains.getOrDefault(chain, new Chain(chain, List.of())))) {
            depth = Math.max(depth, 1 + depths.getOrDefault(target, 0));
        }
        if (depth > RuleSet.DEEPEST_JUMPS) {
            throw new MalformedRuleSet(
                    "jumps from the chain " + chain + " nest deeper than " + RuleSet.DEEPEST_JUMPS + " levels");
        }
        depths.put(chain, depth);
    }

    private static Set<String> targets(Chain chain) {
        Set<String> targets = new LinkedHashSet<>();
        chain.rules().forEach(rule -> collect(rule.action(), targets));
        return targets;
    }

    private static void collect(Action action, Set<String> targets) {
        switch (action) {
            case Action.Jump(String chain) -> targets.add(chain);
            case Action.Goto(String chain) -> targets.add(chain);
            case Action.Lookup lookup -> lookup.entries().forEach(entry -> collect(entry.action(), targets));
            case Action.Accept _, Action.Drop _, Action.Return _, Action.Continue _, Action.Unclear _ -> {}
        }
    }
}
