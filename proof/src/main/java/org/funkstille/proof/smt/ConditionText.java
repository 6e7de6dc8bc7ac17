package org.funkstille.proof.smt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.sets.ValueSet;

/** Conditions as terms. What is unknown, and what the sender chooses, is free at each place where it is asked. */
final class ConditionText {

    private final Lines lines;
    private final Fields fields;
    private final SetTests tests;
    private final Interfaces interfaces;
    private final Instant at;
    private int free;

    ConditionText(Lines lines, Fields fields, SetTests tests, Interfaces interfaces, Instant at) {
        this.lines = lines;
        this.fields = fields;
        this.tests = tests;
        this.interfaces = interfaces;
        this.at = at;
    }

    String of(Condition condition) throws TooLarge {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> in(field, set);
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                in(field, interfaces.matching(name, prefix));
            case Condition.Row row -> {
                List<String> parts = new ArrayList<>();
                for (List<ValueSet> sets : row.rows()) {
                    parts.add(allIn(row.fields(), sets));
                }
                yield Terms.or(parts);
            }
            case Condition.Not(Condition inner) -> Terms.not(of(inner));
            case Condition.All(List<Condition> parts) -> Terms.and(each(parts));
            case Condition.Any(List<Condition> parts) -> Terms.or(each(parts));
            case Condition.At(var span) ->
                switch (span.holds(at)) {
                    case YES -> Terms.TRUE;
                    case NO -> Terms.FALSE;
                    case UNKNOWN -> free("unknown", span.toString());
                };
            case Condition.Choice(String what) -> free("choice", what);
            case Condition.Unknown(String what) -> free("unknown", what);
        };
    }

    private List<String> each(List<Condition> parts) throws TooLarge {
        List<String> terms = new ArrayList<>();
        for (Condition part : parts) {
            terms.add(of(part));
        }
        return terms;
    }

    String in(Field field, ValueSet set) throws TooLarge {
        return tests.in(field, fields.get(field), set);
    }

    String is(Field field, long number) throws TooLarge {
        return in(field, field.only(number));
    }

    String allIn(List<Field> key, List<ValueSet> sets) throws TooLarge {
        List<String> parts = new ArrayList<>();
        for (int place = 0; place < key.size(); place++) {
            parts.add(in(key.get(place), sets.get(place)));
        }
        return Terms.and(parts);
    }

    /** A new truth value that nothing is said of. */
    String free(String kind, String what) throws TooLarge {
        String name = kind + "-" + ++free;
        lines.comment(kind + ": " + what);
        lines.line("(declare-const " + name + " Bool)");
        return name;
    }

    /** A new number of the set. */
    String oneOf(Field field, ValueSet set) throws TooLarge {
        String name = "some-" + field + "-" + ++free;
        lines.line("(declare-const " + name + " " + Terms.sort(field) + ")");
        lines.line("(assert " + tests.in(field, name, set) + ")");
        return name;
    }
}
