package org.funkstille.proof.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.TimeSpan.Truth;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Decision.By;

/**
 * The packet as it is now. Each field has one number, but for one that was changed to a number which nobody knows: that
 * one has a set, which becomes smaller with every condition that asks for it.
 */
final class Traveller {

    private static final int MOST_NUMBERS = 64;

    private final Interfaces interfaces;
    private final Instant at;
    private final Script script;
    private Box now;

    Traveller(Box sent, Interfaces interfaces, Instant at, Script script) {
        this.now = sent;
        this.interfaces = interfaces;
        this.at = at;
        this.script = script;
    }

    Box now() {
        return now;
    }

    ValueSet get(Field field) {
        return now.get(field);
    }

    void set(Field field, ValueSet numbers) {
        now = now.with(field, numbers);
    }

    /**
     * The field's number. Where it is not known, it is decided now.
     *
     * @throws Steps.TooMany where it may be any of so many that nobody tries them all
     */
    Value number(Field field) {
        for (int tried = 0; get(field).only().isEmpty(); tried++) {
            if (tried >= MOST_NUMBERS) {
                throw new Steps.TooMany();
            }
            Value first = get(field).first().orElseThrow();
            holds(new Condition.In(field, ValueSet.of(field.bits(), first)));
        }
        return get(field).only().orElseThrow();
    }

    /** Whether the condition holds. What hangs on something uncertain is decided, part by part in their order. */
    boolean holds(Condition condition) {
        Truth truth = truth(condition);
        if (truth != Truth.UNKNOWN) {
            return truth == Truth.YES;
        }
        return switch (condition) {
            case Condition.In in -> isIn(in);
            case Condition.InterfaceIs is -> isIn(numbers(is));
            case Condition.Row row -> holds(rows(row));
            case Condition.Not(Condition inner) -> !holds(inner);
            case Condition.All(List<Condition> parts) -> parts.stream().allMatch(this::holds);
            case Condition.Any(List<Condition> parts) -> parts.stream().anyMatch(this::holds);
            case Condition.At(var span) -> script.holds(By.NATURE, span.toString());
            case Condition.Choice(String what) -> script.holds(By.SENDER, what);
            case Condition.Unknown(String what) -> script.holds(By.NATURE, what);
        };
    }

    /** Only asked where some of the field's possible numbers are in the set and some are not. */
    private boolean isIn(Condition.In in) {
        boolean holds = script.holds(By.NATURE, in.field() + " after it was changed");
        set(
                in.field(),
                holds ? get(in.field()).intersect(in.set()) : get(in.field()).minus(in.set()));
        return holds;
    }

    /** Without deciding anything; after Kleene: what hangs on something uncertain is unknown. */
    private Truth truth(Condition condition) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> {
                ValueSet mine = get(field);
                yield set.containsAll(mine) ? Truth.YES : set.overlaps(mine) ? Truth.UNKNOWN : Truth.NO;
            }
            case Condition.InterfaceIs is -> truth(numbers(is));
            case Condition.Row row -> truth(rows(row));
            case Condition.Not(Condition inner) ->
                switch (truth(inner)) {
                    case YES -> Truth.NO;
                    case NO -> Truth.YES;
                    case UNKNOWN -> Truth.UNKNOWN;
                };
            case Condition.All(List<Condition> parts) -> {
                Truth all = Truth.YES;
                for (Condition part : parts) {
                    Truth one = truth(part);
                    if (one == Truth.NO) {
                        yield Truth.NO;
                    }
                    all = one == Truth.UNKNOWN ? one : all;
                }
                yield all;
            }
            case Condition.Any(List<Condition> parts) -> {
                Truth any = Truth.NO;
                for (Condition part : parts) {
                    Truth one = truth(part);
                    if (one == Truth.YES) {
                        yield Truth.YES;
                    }
                    any = one == Truth.UNKNOWN ? one : any;
                }
                yield any;
            }
            case Condition.At(var span) -> span.holds(at);
            case Condition.Choice _, Condition.Unknown _ -> Truth.UNKNOWN;
        };
    }

    private Condition.In numbers(Condition.InterfaceIs is) {
        return new Condition.In(is.field(), interfaces.matching(is.name(), is.prefix()));
    }

    private static Condition rows(Condition.Row row) {
        return new Condition.Any(
                row.rows().stream().map(sets -> allIn(row.fields(), sets)).toList());
    }

    /** Each field's number is in the set of the same place. */
    static Condition allIn(List<Field> fields, List<ValueSet> sets) {
        List<Condition> parts = new ArrayList<>();
        for (int place = 0; place < fields.size(); place++) {
            parts.add(new Condition.In(fields.get(place), sets.get(place)));
        }
        return new Condition.All(parts);
    }
}
