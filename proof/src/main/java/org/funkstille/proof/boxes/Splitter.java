package org.funkstille.proof.boxes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.sets.ValueSet;

/** Parts streams by conditions, at one moment. */
final class Splitter {

    private final Interfaces interfaces;
    private final Instant at;
    private final Budget budget;

    /** The first moment at which a time that was looked at may say something else. */
    private Optional<Instant> nextChange = Optional.empty();

    Splitter(Interfaces interfaces, Instant at, Budget budget) {
        this.interfaces = interfaces;
        this.at = at;
        this.budget = budget;
    }

    Optional<Instant> nextChange() {
        return nextChange;
    }

    Split split(Condition condition, Stream stream) throws TooLarge {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> in(field, set, stream);
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                in(field, interfaces.matching(name, prefix), stream);
            case Condition.Row row -> row(row, stream);
            case Condition.Not(Condition inner) -> split(inner, stream).swapped();
            case Condition.All(List<Condition> conditions) -> all(conditions, stream);
            case Condition.Any(List<Condition> conditions) -> any(conditions, stream);
            case Condition.At(TimeSpan span) -> at(span, stream);
            case Condition.Choice _ -> new Split(List.of(stream), List.of(stream));
            case Condition.Unknown(String what) -> unknown(what, stream);
        };
    }

    Split in(Field field, ValueSet set, Stream stream) throws TooLarge {
        ValueSet mine = stream.now().get(field);
        budget.take(1 + mine.rangeCount() / 16);
        if (!mine.overlaps(set)) {
            return Split.rest(stream);
        }
        ValueSet common = mine.intersect(set);
        if (common.equals(mine)) {
            return Split.matched(stream);
        }
        budget.take((mine.rangeCount() + set.rangeCount()) / 16);
        Stream doubted = stream.unsure().contains(field)
                ? stream.assuming("what " + field.words() + " is after translation")
                : stream;
        return new Split(
                List.of(doubted.with(stream.now().with(field, common))),
                List.of(doubted.with(stream.now().with(field, mine.minus(set)))));
    }

    private Split all(List<Condition> conditions, Stream stream) throws TooLarge {
        List<Stream> matched = List.of(stream);
        List<Stream> rest = List.of();
        for (Condition condition : conditions) {
            List<Stream> still = new ArrayList<>(matched.size());
            for (Stream one : matched) {
                Split split = split(condition, one);
                still.addAll(split.matched());
                rest = Split.joined(rest, split.rest());
            }
            if (still.isEmpty()) {
                // Nothing matches: the pieces together are what came in.
                return certain(conditions) ? Split.rest(stream) : new Split(List.of(), rest);
            }
            matched = still;
            budget.requireStreams(matched.size() + rest.size());
        }
        return new Split(matched, rest);
    }

    private Split any(List<Condition> conditions, Stream stream) throws TooLarge {
        List<Stream> rest = List.of(stream);
        List<Stream> matched = List.of();
        for (Condition condition : conditions) {
            List<Stream> still = new ArrayList<>(rest.size());
            for (Stream one : rest) {
                Split split = split(condition, one);
                still.addAll(split.rest());
                matched = Split.joined(matched, split.matched());
            }
            if (still.isEmpty()) {
                return certain(conditions) ? Split.matched(stream) : new Split(matched, List.of());
            }
            rest = still;
            budget.requireStreams(matched.size() + rest.size());
        }
        return new Split(matched, rest);
    }

    /** Only sets of numbers: no piece rests on anything unknown. */
    private static boolean certain(List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (!(condition instanceof Condition.In) && !(condition instanceof Condition.InterfaceIs)) {
                return false;
            }
        }
        return true;
    }

    private Split row(Condition.Row row, Stream stream) throws TooLarge {
        List<Stream> rest = List.of(stream);
        List<Stream> matched = new ArrayList<>();
        for (List<ValueSet> sets : row.rows()) {
            budget.take(1);
            if (!mayHold(row.fields(), sets, stream)) {
                continue;
            }
            List<Stream> still = new ArrayList<>(rest.size());
            for (Stream one : rest) {
                Split split = holds(row.fields(), sets, one);
                matched.addAll(split.matched());
                still.addAll(split.rest());
            }
            rest = Compaction.of(still, budget);
            if (rest.isEmpty()) {
                break;
            }
        }
        return new Split(matched, rest);
    }

    /** A quick look: false where some field is outside of its set for sure. */
    static boolean mayHold(List<Field> fields, List<ValueSet> sets, Stream stream) {
        for (int index = 0; index < sets.size(); index++) {
            if (!stream.now().get(fields.get(index)).overlaps(sets.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** All fields are in their sets. */
    Split holds(List<Field> fields, List<ValueSet> sets, Stream stream) throws TooLarge {
        List<Stream> matched = List.of(stream);
        List<Stream> rest = List.of();
        for (int index = 0; index < sets.size(); index++) {
            List<Stream> still = new ArrayList<>(matched.size());
            for (Stream one : matched) {
                Split split = in(fields.get(index), sets.get(index), one);
                still.addAll(split.matched());
                rest = Split.joined(rest, split.rest());
            }
            matched = still;
        }
        return new Split(matched, rest);
    }

    private Split at(TimeSpan span, Stream stream) {
        Optional<Instant> change = span.nextChange(at);
        if (nextChange.isEmpty() || (change.isPresent() && change.get().isBefore(nextChange.get()))) {
            nextChange = change;
        }
        return switch (span.holds(at)) {
            case YES -> Split.matched(stream);
            case NO -> Split.rest(stream);
            case UNKNOWN -> unknown("whether it is the time of " + span, stream);
        };
    }

    private static Split unknown(String what, Stream stream) {
        Stream doubted = stream.assuming(what);
        return new Split(List.of(doubted), List.of(doubted));
    }
}
