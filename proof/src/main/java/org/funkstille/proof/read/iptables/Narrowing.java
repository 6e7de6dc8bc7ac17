package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/** Joins what a condition asks of one field twice: {@code -p tcp -m tcp} says it, and so does each further match. */
final class Narrowing {

    private Narrowing() {}

    /** The same condition; never, where two parts exclude each other. */
    static Condition of(Condition condition) {
        if (!(condition instanceof Condition.All(List<Condition> parts))) {
            return condition;
        }
        Map<Field, ValueSet> sets = new EnumMap<>(Field.class);
        for (Condition part : parts) {
            if (part instanceof Condition.In(Field field, ValueSet set)) {
                sets.merge(field, set, ValueSet::intersect);
            }
        }
        if (sets.values().stream().anyMatch(ValueSet::isEmpty)) {
            return Condition.NEVER;
        }
        List<Condition> joined = new ArrayList<>();
        for (Condition part : parts) {
            if (!(part instanceof Condition.In(Field field, ValueSet _))) {
                joined.add(part);
            } else {
                ValueSet set = sets.remove(field);
                joined.add(set == null ? Condition.ALWAYS : new Condition.In(field, set));
            }
        }
        return Condition.all(joined);
    }
}
