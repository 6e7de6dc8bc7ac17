package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/** Sets of numbers as diagrams over the bits of a field, within a {@link Universe}: outside of it they are arbitrary. */
final class FieldDiagrams {

    private static final Comparator<Field> FROM_BELOW =
            Comparator.comparingInt(Layout::firstVariable).reversed();

    private final Diagrams diagrams;
    private final Universe universe;

    /** By identity: rules share large sets, and to compare two of 100,000 prefixes takes as long as to build one. */
    private final Map<Field, IdentityHashMap<ValueSet, Integer>> known = new EnumMap<>(Field.class);

    FieldDiagrams(Diagrams diagrams, Universe universe) {
        this.diagrams = diagrams;
        this.universe = universe;
    }

    Universe universe() {
        return universe;
    }

    int in(Field field, long value) throws TooLarge {
        return in(field, field.only(value));
    }

    int in(Field field, ValueSet set) throws TooLarge {
        IdentityHashMap<ValueSet, Integer> ofField = known.computeIfAbsent(field, _ -> new IdentityHashMap<>());
        Integer before = ofField.get(set);
        if (before != null) {
            return before;
        }
        int diagram = build(field, set);
        ofField.put(set, diagram);
        return diagram;
    }

    private int build(Field field, ValueSet set) throws TooLarge {
        ValueSet all = universe.get(field);
        ValueSet within = all.intersect(set);
        if (within.equals(all)) {
            return within.isEmpty() ? Diagrams.FALSE : Diagrams.TRUE;
        }
        return RangeDiagram.of(diagrams, Layout.variables(field), within.ranges(), Bits.commonPrefix(all));
    }

    /** Some row holds for all fields at once. */
    int row(List<Field> fields, List<List<ValueSet>> rows) throws TooLarge {
        boolean apart = new HashSet<>(fields).size() == fields.size()
                && !(fields.contains(Field.MARK) && fields.contains(Field.FLOW_MARK));
        if (apart && rows.size() > 1) {
            return RowDiagram.of(diagrams, universe, fields, rows);
        }
        int[] each = new int[rows.size()];
        for (int row = 0; row < each.length; row++) {
            each[row] = product(fields, rows.get(row));
        }
        return diagrams.any(each);
    }

    /** All fields are in their sets. */
    int product(List<Field> fields, List<ValueSet> sets) throws TooLarge {
        List<Integer> order = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            order.add(column);
        }
        order.sort(Comparator.comparing(fields::get, FROM_BELOW));
        int result = Diagrams.TRUE;
        for (int column : order) {
            result = diagrams.and(in(fields.get(column), sets.get(column)), result);
        }
        return result;
    }

    /** The packets of the boxes exactly: the universe's limits included. */
    static int exactly(Diagrams diagrams, Collection<Box> boxes) throws TooLarge {
        FieldDiagrams unlimited = new FieldDiagrams(diagrams, Universe.all());
        List<Field> fields = List.of(Field.values());
        List<Integer> each = new ArrayList<>();
        for (Box box : boxes) {
            each.add(unlimited.product(fields, fields.stream().map(box::get).toList()));
        }
        return diagrams.any(each.stream().mapToInt(Integer::intValue).toArray());
    }
}
