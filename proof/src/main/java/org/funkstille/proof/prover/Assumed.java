package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.TimeSpan;

/** A rule set in which something unknown is taken as known. */
final class Assumed {

    private Assumed() {}

    /** A match holds or does not; an unclear action accepts or drops. */
    static RuleSet in(RuleSet rules, String unknown, boolean holds) {
        Map<String, Chain> chains = new HashMap<>();
        rules.chains().forEach((name, chain) -> {
            List<Rule> changed = new ArrayList<>();
            for (Rule rule : chain.rules()) {
                changed.add(new Rule(
                        condition(rule.condition(), unknown, holds),
                        rule.effects(),
                        action(rule.action(), unknown, holds),
                        rule.quick(),
                        rule.origin(),
                        rule.source()));
            }
            chains.put(name, new Chain(name, changed));
        });
        List<BaseChain> bases = rules.bases().stream()
                .map(base -> new BaseChain(
                        base.chain(),
                        base.hook(),
                        base.priority(),
                        base.translation(),
                        base.matching(),
                        condition(base.guard(), unknown, holds),
                        base.policy(),
                        base.source()))
                .toList();
        return new RuleSet(rules.platform(), bases, chains, rules.assumptions());
    }

    private static Action action(Action action, String unknown, boolean holds) {
        boolean meant = action instanceof Action.Unclear(String what) && what.equals(unknown);
        return !meant ? action : holds ? Action.ACCEPT : Action.DROP;
    }

    private static Condition condition(Condition condition, String unknown, boolean holds) {
        return switch (condition) {
            case Condition.Unknown(String what) ->
                !what.equals(unknown) ? condition : holds ? Condition.ALWAYS : Condition.NEVER;
            case Condition.Not(Condition inner) -> new Condition.Not(condition(inner, unknown, holds));
            case Condition.All(List<Condition> parts) ->
                new Condition.All(parts.stream()
                        .map(part -> condition(part, unknown, holds))
                        .toList());
            case Condition.Any(List<Condition> parts) ->
                new Condition.Any(parts.stream()
                        .map(part -> condition(part, unknown, holds))
                        .toList());
            case Condition.At(TimeSpan span) ->
                !isTime(unknown, span) ? condition : holds ? Condition.ALWAYS : Condition.NEVER;
            case Condition.In _, Condition.InterfaceIs _, Condition.Row _, Condition.Choice _ -> condition;
        };
    }

    /** Engines name it by the span, with or without words before. */
    private static boolean isTime(String unknown, TimeSpan span) {
        return unknown.endsWith(span.toString());
    }
}
