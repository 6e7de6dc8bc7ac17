package org.funkstille.proof.random;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;

/** For each field all sets that the rules, or the way of packets itself, ask it for. */
final class Mentioned {

    private final Map<Field, List<ValueSet>> sets = new EnumMap<>(Field.class);
    private final Interfaces interfaces;

    Mentioned(RuleSet rules, Question question) {
        Space space = new Space(question, rules.platform());
        this.interfaces = space.interfaces();
        add(Field.DESTINATION, space.inside());
        collect(Space.harmlessAtRouter());
        collect(space.forwarded());
        rules.bases().forEach(base -> collect(base.guard()));
        for (Chain chain : rules.chains().values()) {
            chain.rules().forEach(rule -> {
                collect(rule.condition());
                collect(rule.action());
            });
        }
    }

    List<ValueSet> sets(Field field) {
        return sets.getOrDefault(field, List.of());
    }

    private void add(Field field, ValueSet set) {
        List<ValueSet> ofField = sets.computeIfAbsent(field, _ -> new ArrayList<>());
        ofField.add(set);
        if (field == Field.HOP_LIMIT) {
            // Behind routing it is one less, so rules there ask for what it was before.
            ofField.add(set.minus(Field.HOP_LIMIT.only(255)).raised());
        }
    }

    private void collect(Condition condition) {
        switch (condition) {
            case Condition.In(Field field, ValueSet set) -> add(field, set);
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                add(field, interfaces.matching(name, prefix));
            case Condition.Row row -> row.rows().forEach(one -> collect(row.fields(), one));
            case Condition.Not(Condition inner) -> collect(inner);
            case Condition.All(List<Condition> parts) -> parts.forEach(this::collect);
            case Condition.Any(List<Condition> parts) -> parts.forEach(this::collect);
            case Condition.At _, Condition.Choice _, Condition.Unknown _ -> {}
        }
    }

    private void collect(Action action) {
        if (action instanceof Action.Lookup lookup) {
            lookup.entries().forEach(entry -> collect(lookup.key(), entry.values()));
        }
    }

    private void collect(List<Field> key, List<ValueSet> row) {
        for (int place = 0; place < key.size(); place++) {
            add(key.get(place), row.get(place));
        }
    }
}
