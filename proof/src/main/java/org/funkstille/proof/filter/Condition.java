package org.funkstille.proof.filter;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.sets.ValueSet;

/** What a rule asks of a packet. */
public sealed interface Condition {

    Condition ALWAYS = new All(List.of());
    Condition NEVER = new Any(List.of());

    /** The field's number is one of the set. */
    record In(Field field, ValueSet set) implements Condition {
        public In {
            if (field.bits() != set.bits()) {
                throw new IllegalArgumentException(
                        field + " has " + field.bits() + " bits and the set has " + set.bits());
            }
        }
    }

    /**
     * The interface has this name, or a name that begins so. An engine sees only the number that {@link Interfaces}
     * gives it.
     *
     * @param field {@link Field#IN_INTERFACE} or {@link Field#OUT_INTERFACE}
     */
    record InterfaceIs(Field field, String name, boolean prefix) implements Condition {
        public InterfaceIs {
            if (field != Field.IN_INTERFACE && field != Field.OUT_INTERFACE) {
                throw new IllegalArgumentException("not an interface: " + field);
            }
        }
    }

    /** Some row holds for all fields at once: a set of concatenated keys. A row has one set for each field. */
    record Row(List<Field> fields, List<List<ValueSet>> rows) implements Condition {
        public Row {
            fields = List.copyOf(fields);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<ValueSet> row : rows) {
                if (row.size() != fields.size()) {
                    throw new IllegalArgumentException("a row has " + row.size() + " sets for " + fields);
                }
            }
        }
    }

    record Not(Condition condition) implements Condition {}

    /** All hold; of none: always. */
    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one holds; of none: never. */
    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** It is this time. */
    record At(TimeSpan span) implements Condition {}

    /**
     * The sender can bring it about either way, by waiting or by sending more: a rate limit, a quota, a random choice.
     *
     * @param what in the router's own words
     */
    record Choice(String what) implements Condition {}

    /**
     * Not understood, or not to be known from the rule set. Taken both ways.
     *
     * @param what in the router's own words
     */
    record Unknown(String what) implements Condition {}

    static Condition in(Field field, long value) {
        return new In(field, field.only(value));
    }

    static Condition in(Field field, ValueSet set) {
        return set.isAll() ? ALWAYS : set.isEmpty() ? NEVER : new In(field, set);
    }

    static Condition not(Condition condition) {
        return switch (condition) {
            case Not(Condition inner) -> inner;
            case In(Field field, ValueSet set) -> in(field, set.complement());
            default -> condition.equals(ALWAYS) ? NEVER : condition.equals(NEVER) ? ALWAYS : new Not(condition);
        };
    }

    /** Flattened, and shortened where a part is always or never true. */
    static Condition all(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition one : conditions) {
            if (one instanceof All(List<Condition> inner)) {
                parts.addAll(inner);
            } else if (one.equals(NEVER)) {
                return NEVER;
            } else {
                parts.add(one);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new All(parts);
    }

    static Condition all(Condition... conditions) {
        return all(List.of(conditions));
    }

    /** Flattened, and shortened where a part is always or never true. */
    static Condition any(List<Condition> conditions) {
        List<Condition> parts = new ArrayList<>();
        for (Condition one : conditions) {
            if (one instanceof Any(List<Condition> inner)) {
                parts.addAll(inner);
            } else if (one.equals(ALWAYS)) {
                return ALWAYS;
            } else {
                parts.add(one);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Any(parts);
    }

    static Condition any(Condition... conditions) {
        return any(List.of(conditions));
    }
}
