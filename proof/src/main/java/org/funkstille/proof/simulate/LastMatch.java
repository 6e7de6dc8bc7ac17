package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.simulate.ChainEnd.How;

/** Chains in which the last matching rule decides, unless one before is quick: pf. */
final class LastMatch {

    private final Predicate<Rule> skip;
    private final Traveller packet;
    private final Effects effects;
    private final Unclear unclear;

    LastMatch(Predicate<Rule> skip, Traveller packet, Effects effects, Unclear unclear) {
        this.skip = skip;
        this.packet = packet;
        this.effects = effects;
        this.unclear = unclear;
    }

    ChainEnd run(Chain chain) {
        List<String> chains = List.of(chain.name());
        ChainEnd pending = ChainEnd.RETURNED;
        for (Rule rule : chain.rules()) {
            if (skip.test(rule) || !packet.holds(rule.condition())) {
                continue;
            }
            for (Effect effect : rule.effects()) {
                if (effect instanceof Effect.Unclear(String what)) {
                    return ChainEnd.decided(unclear.effect(what), chains, rule);
                }
                if (!ofTheDecidingRule(effect)) {
                    effects.apply(effect);
                }
            }
            Optional<How> verdict = verdict(rule);
            if (verdict.isPresent()) {
                pending = ChainEnd.decided(verdict.get(), chains, rule);
                if (rule.quick()) {
                    break;
                }
            }
        }
        pending.rule().ifPresent(this::applyWhatIsOfTheDecidingRule);
        return pending;
    }

    private void applyWhatIsOfTheDecidingRule(Rule rule) {
        rule.effects().stream().filter(LastMatch::ofTheDecidingRule).forEach(effects::apply);
    }

    /** Where to, and translation, come from the rule that makes the state; everything else sticks with each match. */
    private static boolean ofTheDecidingRule(Effect effect) {
        return effect instanceof Effect.RouteTo
                || (effect instanceof Effect.Assign assign
                        && (assign.field() == Field.SOURCE || assign.field() == Field.DESTINATION));
    }

    /** pf has no other actions; one that comes here all the same is not understood. */
    private Optional<How> verdict(Rule rule) {
        return switch (rule.action()) {
            case Action.Accept() -> Optional.of(How.ACCEPT);
            case Action.Drop _ -> Optional.of(How.DROP);
            case Action.Continue() -> Optional.empty();
            case Action.Unclear(String what) -> unclear.action(what);
            case Action.Jump _, Action.Goto _, Action.Return _, Action.Lookup _ ->
                unclear.action(rule.source().text());
        };
    }
}
