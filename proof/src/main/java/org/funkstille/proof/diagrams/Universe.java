package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * The numbers that each field can have anywhere on the way: those sent, those that some rule writes, and those that
 * forwarding makes of them. A condition on
 * a field whose numbers are all in its set, or none, is settled without a diagram: most rules are about other devices.
 */
final class Universe {

    private final Map<Field, ValueSet> sets;

    private Universe(Map<Field, ValueSet> sets) {
        this.sets = sets;
    }

    static Universe all() {
        Map<Field, ValueSet> sets = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            sets.put(field, field.all());
        }
        return new Universe(sets);
    }

    /** @param outside the interfaces that routing may choose */
    static Universe of(Collection<Box> sent, RuleSet rules, Interfaces interfaces, ValueSet outside) {
        Map<Field, List<Range>> ranges = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            List<Range> known = new ArrayList<>();
            ranges.put(field, known);
            // Boxes mostly share one set.
            sent.stream().map(box -> box.get(field)).distinct().forEach(set -> known.addAll(set.ranges()));
        }
        add(ranges, Field.OUT_INTERFACE, outside);
        rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .map(Rule::effects)
                .flatMap(Collection::stream)
                .forEach(effect -> addWritten(ranges, effect, interfaces));
        Map<Field, ValueSet> sets = new EnumMap<>(Field.class);
        ranges.forEach((field, known) -> sets.put(field, ValueSet.ofAll(field.bits(), known)));
        sets.computeIfPresent(Field.HOP_LIMIT, (_, limits) -> limits.union(forwarded(limits)));
        return new Universe(sets);
    }

    /** Forwarding takes one off, once. */
    private static ValueSet forwarded(ValueSet limits) {
        return limits.minus(Field.HOP_LIMIT.only(0)).lowered();
    }

    private static void addWritten(Map<Field, List<Range>> ranges, Effect effect, Interfaces interfaces) {
        switch (effect) {
            case Effect.Assign(Field field, ValueSet to) -> add(ranges, field, to);
            case Effect.SetMark(Field field, long _, long _) -> add(ranges, field, field.all());
            case Effect.CopyMark copy -> add(ranges, copy.to(), copy.to().all());
            case Effect.RouteTo(String name) ->
                add(ranges, Field.OUT_INTERFACE, Field.OUT_INTERFACE.only(number(interfaces, name)));
            case Effect.NoTrack _ -> add(ranges, Field.STATE, Field.STATE.only(States.NOT_TO_BE_TRACKED));
            case Effect.Unclear _ -> {}
        }
    }

    private static void add(Map<Field, List<Range>> ranges, Field field, ValueSet set) {
        List<Range> known = ranges.get(field);
        if (known != null) {
            known.addAll(set.ranges());
        }
    }

    /** The number of an interface that may be none of the question's. */
    static long number(Interfaces interfaces, String name) {
        ValueSet found = interfaces.matching(name, false);
        return found.isEmpty() ? interfaces.other() : interfaces.number(name);
    }

    ValueSet get(Field field) {
        ValueSet set = sets.get(field);
        return set == null ? field.all() : set;
    }
}
