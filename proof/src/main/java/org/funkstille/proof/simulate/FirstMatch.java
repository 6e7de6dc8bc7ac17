package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.simulate.ChainEnd.How;

/** Chains in which the first matching rule decides, and those that it jumps to. */
final class FirstMatch {

    private final RuleSet rules;
    private final Predicate<Rule> skip;
    private final Traveller packet;
    private final Effects effects;
    private final Unclear unclear;
    private final Steps steps;

    FirstMatch(RuleSet rules, Predicate<Rule> skip, Traveller packet, Effects effects, Unclear unclear, Steps steps) {
        this.steps = steps;
        this.rules = rules;
        this.skip = skip;
        this.packet = packet;
        this.effects = effects;
        this.unclear = unclear;
    }

    /** @param callers the chains that led here */
    ChainEnd run(Chain chain, List<String> callers) {
        List<String> chains =
                Stream.concat(callers.stream(), Stream.of(chain.name())).toList();
        steps.take();
        for (Rule rule : chain.rules()) {
            steps.take();
            if (!skip.test(rule) && packet.holds(rule.condition())) {
                Optional<ChainEnd> end = match(rule, chains);
                if (end.isPresent()) {
                    return end.get();
                }
            }
        }
        return ChainEnd.RETURNED;
    }

    private Optional<ChainEnd> match(Rule rule, List<String> chains) {
        for (Effect effect : rule.effects()) {
            if (effect instanceof Effect.Unclear(String what)) {
                return Optional.of(ChainEnd.decided(unclear.effect(what), chains, rule));
            }
            effects.apply(effect);
        }
        return act(rule.action(), rule, chains);
    }

    /** Absent: on to the next rule. */
    private Optional<ChainEnd> act(Action action, Rule rule, List<String> chains) {
        return switch (action) {
            case Action.Accept() -> Optional.of(ChainEnd.decided(How.ACCEPT, chains, rule));
            case Action.Drop _ -> Optional.of(ChainEnd.decided(How.DROP, chains, rule));
            case Action.Return() -> Optional.of(ChainEnd.RETURNED);
            case Action.Continue() -> Optional.empty();
            case Action.Jump(String target) ->
                Optional.of(run(rules.chain(target), chains).behind(rule)).filter(end -> end.how() != How.RETURN);
            case Action.Goto(String target) ->
                Optional.of(run(rules.chain(target), chains).behind(rule));
            case Action.Lookup lookup -> {
                for (Action.Entry entry : lookup.entries()) {
                    if (packet.holds(Traveller.allIn(lookup.key(), entry.values()))) {
                        yield act(entry.action(), rule, chains);
                    }
                }
                yield Optional.empty();
            }
            case Action.Unclear(String what) -> unclear.action(what).map(how -> ChainEnd.decided(how, chains, rule));
        };
    }
}
