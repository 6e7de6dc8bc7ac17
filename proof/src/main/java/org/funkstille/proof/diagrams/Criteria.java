package org.funkstille.proof.diagrams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.sets.ValueSet;

/** Conditions as criteria, each made once. */
final class Criteria {

    /** Readers stop long before; deeper ones would overflow the stack. */
    private static final int DEEPEST = 500;

    private final Diagrams diagrams;
    private final FieldDiagrams fields;
    private final Interfaces interfaces;
    private final Time time;
    private final boolean tracked;
    private final IdentityHashMap<Condition, Criterion> known = new IdentityHashMap<>();

    /** How rules with a time are taken. */
    sealed interface Time {
        /** As of one moment. */
        record Moment(Instant at) implements Time {}

        /** As of any moment: their outcome is open. */
        record Any() implements Time {}
    }

    /** @param tracked false where the packet's state is not known yet, so that every packet is seen as invalid */
    Criteria(Diagrams diagrams, FieldDiagrams fields, Interfaces interfaces, Time time, boolean tracked) {
        this.diagrams = diagrams;
        this.fields = fields;
        this.interfaces = interfaces;
        this.time = time;
        this.tracked = tracked;
    }

    Criterion of(Condition condition) throws TooLarge {
        Criterion before = known.get(condition);
        if (before == null) {
            before = criterion(condition, 0);
            known.put(condition, before);
        }
        return before;
    }

    /** The packets whose fields are all in their sets. */
    int product(List<Field> key, List<ValueSet> sets) throws TooLarge {
        int result = Diagrams.TRUE;
        for (int column = key.size() - 1; column >= 0; column--) {
            result = diagrams.and(in(key.get(column), sets.get(column)), result);
        }
        return result;
    }

    /** What becomes of packets that go on as {@code yes} where the criterion holds, and else as {@code no}. */
    int decide(Criterion criterion, int yes, int no, Outlook outlook) throws TooLarge {
        if (yes == no) {
            return yes;
        }
        return switch (criterion) {
            case Criterion.Known(int diagram) -> diagrams.ite(diagram, yes, no);
            case Criterion.ByNature(String what) -> outlook.byNature(what, yes, no);
            case Criterion.BySender() -> outlook.bySender(yes, no);
            case Criterion.Opposite(Criterion inner) -> decide(inner, no, yes, outlook);
            case Criterion.Every(int diagram, List<Criterion> open) -> {
                int result = yes;
                for (Criterion one : open.reversed()) {
                    result = decide(one, result, no, outlook);
                }
                yield diagrams.ite(diagram, result, no);
            }
            case Criterion.Some(int diagram, List<Criterion> open) -> {
                int result = no;
                for (Criterion one : open.reversed()) {
                    result = decide(one, yes, result, outlook);
                }
                yield diagrams.ite(diagram, yes, result);
            }
        };
    }

    /** The packets for which it may hold. */
    int possible(Criterion criterion) throws TooLarge {
        return decide(criterion, Diagrams.TRUE, Diagrams.FALSE, new Outlook.Possibly(diagrams));
    }

    /** The packets for which it holds whatever is open. */
    int certain(Criterion criterion) throws TooLarge {
        return diagrams.not(possible(new Criterion.Opposite(criterion)));
    }

    private Criterion criterion(Condition condition, int depth) throws TooLarge {
        if (depth > DEEPEST) {
            throw new TooLarge("conditions nest deeper than " + DEEPEST + " levels");
        }
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> new Criterion.Known(in(field, set));
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                new Criterion.Known(in(field, interfaces.matching(name, prefix)));
            case Condition.Row row -> new Criterion.Known(row(row));
            case Condition.Not(Condition inner) -> opposite(criterion(inner, depth + 1));
            case Condition.All(List<Condition> parts) -> every(parts, depth);
            case Condition.Any(List<Condition> parts) -> some(parts, depth);
            case Condition.At(TimeSpan span) -> at(span);
            case Condition.Choice _ -> new Criterion.BySender();
            case Condition.Unknown(String what) -> new Criterion.ByNature(what);
        };
    }

    private Criterion opposite(Criterion criterion) {
        return criterion instanceof Criterion.Known(int diagram)
                ? new Criterion.Known(diagrams.not(diagram))
                : new Criterion.Opposite(criterion);
    }

    private Criterion every(List<Condition> parts, int depth) throws TooLarge {
        int diagram = Diagrams.TRUE;
        List<Criterion> open = new ArrayList<>();
        for (Condition part : parts) {
            Criterion criterion = criterion(part, depth + 1);
            if (criterion instanceof Criterion.Known(int one)) {
                diagram = diagrams.and(diagram, one);
                if (diagram == Diagrams.FALSE) {
                    return Criterion.NEVER;
                }
            } else {
                open.add(criterion);
            }
        }
        return open.isEmpty() ? new Criterion.Known(diagram) : new Criterion.Every(diagram, List.copyOf(open));
    }

    private Criterion some(List<Condition> parts, int depth) throws TooLarge {
        List<Integer> each = new ArrayList<>();
        List<Criterion> open = new ArrayList<>();
        for (Condition part : parts) {
            Criterion criterion = criterion(part, depth + 1);
            if (criterion instanceof Criterion.Known(int one)) {
                each.add(one);
            } else {
                open.add(criterion);
            }
        }
        int diagram = diagrams.any(each.stream().mapToInt(Integer::intValue).toArray());
        if (diagram == Diagrams.TRUE) {
            return Criterion.ALWAYS;
        }
        return open.isEmpty() ? new Criterion.Known(diagram) : new Criterion.Some(diagram, List.copyOf(open));
    }

    private Criterion at(TimeSpan span) {
        return switch (time) {
            case Time.Any() -> new Criterion.ByNature(span.toString());
            case Time.Moment(Instant at) ->
                switch (span.holds(at)) {
                    case YES -> Criterion.ALWAYS;
                    case NO -> Criterion.NEVER;
                    case UNKNOWN -> new Criterion.ByNature(span.toString());
                };
        };
    }

    private int in(Field field, ValueSet set) throws TooLarge {
        return fields.in(field, field == Field.STATE ? States.seen(set, tracked) : set);
    }

    private int row(Condition.Row row) throws TooLarge {
        if (!row.fields().contains(Field.STATE)) {
            return fields.row(row.fields(), row.rows());
        }
        List<List<ValueSet>> seen = new ArrayList<>();
        for (List<ValueSet> sets : row.rows()) {
            List<ValueSet> changed = new ArrayList<>(sets);
            for (int column = 0; column < changed.size(); column++) {
                if (row.fields().get(column) == Field.STATE) {
                    changed.set(column, States.seen(sets.get(column), tracked));
                }
            }
            seen.add(changed);
        }
        return fields.row(row.fields(), seen);
    }
}
