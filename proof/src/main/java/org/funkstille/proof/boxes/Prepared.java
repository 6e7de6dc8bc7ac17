package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/** A rule set made ready for many questions: interfaces are numbers, cheap conditions stand first, rules are indexed. */
final class Prepared {

    private final RuleSet rules;
    private final Interfaces interfaces;
    private final Map<String, IndexedChain> chains = new LinkedHashMap<>();
    private final Map<Hook, List<BaseChain>> bases = new HashMap<>();

    Prepared(RuleSet rules, Interfaces interfaces) {
        this.rules = rules;
        this.interfaces = interfaces;
        boolean translatesSource = translatesSource(rules);
        for (Chain chain : rules.chains().values()) {
            List<Rule> prepared =
                    MergedDrops.of(chain.rules().stream().map(this::prepared).toList());
            chains.put(chain.name(), new IndexedChain(prepared, !translatesSource));
        }
        for (Hook hook : Hook.values()) {
            bases.put(hook, rules.at(hook));
        }
    }

    RuleSet rules() {
        return rules;
    }

    List<BaseChain> at(Hook hook) {
        return bases.getOrDefault(hook, List.of());
    }

    IndexedChain chain(String name) {
        IndexedChain chain = chains.get(name);
        if (chain == null) {
            throw new IllegalArgumentException("no chain " + name);
        }
        return chain;
    }

    private static boolean translatesSource(RuleSet rules) {
        return rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .flatMap(rule -> rule.effects().stream())
                .anyMatch(effect -> effect instanceof Effect.Assign(Field field, var _) && field == Field.SOURCE);
    }

    private Rule prepared(Rule rule) {
        Action action = rule.action() instanceof Action.Lookup lookup ? GroupedLookup.of(lookup) : rule.action();
        return new Rule(prepared(rule.condition()), rule.effects(), action, rule.quick(), rule.origin(), rule.source());
    }

    private Condition prepared(Condition condition) {
        return switch (condition) {
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                new Condition.In(field, interfaces.matching(name, prefix));
            case Condition.Not(Condition inner) -> new Condition.Not(prepared(inner));
            case Condition.All(List<Condition> conditions) -> new Condition.All(ordered(conditions));
            case Condition.Any(List<Condition> conditions) -> new Condition.Any(ordered(conditions));
            case Condition.Row row -> GroupedRow.of(row);
            case Condition.In _, Condition.At _, Condition.Choice _, Condition.Unknown _ -> condition;
        };
    }

    /** Cheap ones first; times last, so that only those count that something hangs on. */
    private List<Condition> ordered(List<Condition> conditions) {
        List<Condition> ordered = new ArrayList<>();
        conditions.forEach(condition -> ordered.add(prepared(condition)));
        ordered.sort(Comparator.comparingInt(Prepared::cost));
        return ordered;
    }

    private static int cost(Condition condition) {
        return switch (condition) {
            case Condition.In in -> in.set().rangeCount() > 8 ? 1 : 0;
            case Condition.InterfaceIs _ -> 0;
            case Condition.Not _, Condition.All _, Condition.Any _ -> 2;
            case Condition.Row _ -> 3;
            case Condition.Choice _ -> 4;
            case Condition.Unknown _ -> 5;
            case Condition.At _ -> 6;
        };
    }
}
