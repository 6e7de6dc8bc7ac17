package org.funkstille.proof.read.nft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * Chains at the very priority of connection tracking come before or behind it, whichever was there first, and no listing
 * tells: what they ask or tell of flows is not known.
 */
final class BesideTracking {

    private static final Set<Field> OF_FLOWS =
            EnumSet.of(Field.STATE, Field.DIRECTION, Field.FLOW_STATUS, Field.FLOW_MARK);

    private static final ValueSet STATES =
            ValueSet.of(Field.STATE.bits(), Range.of(Field.STATE_INVALID, Field.STATE_UNTRACKED));

    private static final Condition UNKNOWN =
            new Condition.Unknown("whether connection tracking comes before a chain of its own priority");

    private BesideTracking() {}

    /** Replaces such chains, and those that they lead to. */
    static void settle(List<BaseChain> bases, Map<String, Chain> chains) {
        Deque<String> left = new ArrayDeque<>();
        bases.stream()
                .filter(base -> base.hook() == Hook.PREROUTING && base.priority() == BaseChain.CONNECTION_TRACKING)
                .map(BaseChain::chain)
                .forEach(left::push);
        Set<String> seen = new HashSet<>(left);
        while (!left.isEmpty()) {
            String name = left.pop();
            Chain chain = chains.get(name);
            if (chain != null) {
                chain.rules().stream()
                        .flatMap(rule -> targets(rule.action()))
                        .filter(seen::add)
                        .forEach(left::push);
                chains.put(
                        name,
                        new Chain(
                                name,
                                chain.rules().stream()
                                        .flatMap(rule -> settled(rule).stream())
                                        .toList()));
            }
        }
    }

    private static Stream<String> targets(Action action) {
        return switch (action) {
            case Action.Jump(String chain) -> Stream.of(chain);
            case Action.Goto(String chain) -> Stream.of(chain);
            case Action.Lookup lookup -> lookup.entries().stream().flatMap(entry -> targets(entry.action()));
            default -> Stream.empty();
        };
    }

    private static List<Rule> settled(Rule rule) {
        Condition condition = settled(rule.condition());
        List<Effect> effects =
                rule.effects().stream().map(BesideTracking::settled).toList();
        if (!(rule.action() instanceof Action.Lookup lookup) || !asks(lookup.key())) {
            return List.of(with(rule, condition, effects, rule.action()));
        }
        List<Rule> rules = new ArrayList<>();
        rules.add(with(rule, condition, effects, Action.CONTINUE));
        lookup.entries().stream()
                .map(Action.Entry::action)
                .distinct()
                .forEach(action -> rules.add(with(rule, UNKNOWN, List.of(), action)));
        return rules;
    }

    private static Rule with(Rule rule, Condition condition, List<Effect> effects, Action action) {
        return new Rule(condition, effects, action, rule.quick(), rule.origin(), rule.source());
    }

    private static boolean asks(List<Field> fields) {
        return fields.stream().anyMatch(OF_FLOWS::contains);
    }

    private static Condition settled(Condition condition) {
        return switch (condition) {
            case Condition.In in -> OF_FLOWS.contains(in.field()) ? UNKNOWN : in;
            case Condition.Row row -> asks(row.fields()) ? UNKNOWN : row;
            case Condition.Not(Condition inner) -> Condition.not(settled(inner));
            case Condition.All(List<Condition> parts) ->
                Condition.all(
                        parts.stream().map(BesideTracking::settled).distinct().toList());
            case Condition.Any(List<Condition> parts) ->
                Condition.any(
                        parts.stream().map(BesideTracking::settled).distinct().toList());
            case Condition.InterfaceIs _, Condition.At _, Condition.Choice _, Condition.Unknown _ -> condition;
        };
    }

    private static Effect settled(Effect effect) {
        return switch (effect) {
            case Effect.NoTrack _ -> new Effect.Assign(Field.STATE, STATES);
            case Effect.SetMark set when set.field() == Field.FLOW_MARK -> anything(Field.FLOW_MARK);
            case Effect.CopyMark copy
            when copy.from() == Field.FLOW_MARK || copy.to() == Field.FLOW_MARK -> anything(copy.to());
            case Effect.Assign _, Effect.SetMark _, Effect.CopyMark _, Effect.RouteTo _, Effect.Unclear _ -> effect;
        };
    }

    private static Effect anything(Field field) {
        return new Effect.Assign(field, field.all());
    }
}
