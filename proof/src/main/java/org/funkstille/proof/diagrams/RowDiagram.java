package org.funkstille.proof.diagrams;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * A diagram from rows of sets: one field after the other in the order of variables, each bit by bit, with the rows that
 * still hold in a block. So a table of 100,000 pairs is built without merging diagrams.
 */
final class RowDiagram {

    private final Diagrams diagrams;
    private final List<Column> columns;

    /** For each column, what became of a choice of rows from there on. */
    private final List<Map<IntBuffer, Integer>> known = new ArrayList<>();

    /** One field of all rows. */
    private static final class Column {
        final int[] variables;
        final int skip;
        final Value block;
        final List<Range> ranges;

        /** Where the ranges of each row begin; one more than there are rows. */
        final int[] begins;

        /** The row of each range. */
        final int[] rows;

        Column(Field field, ValueSet universe, List<ValueSet> sets) {
            ranges = new ArrayList<>();
            begins = new int[sets.size() + 1];
            for (int row = 0; row < sets.size(); row++) {
                begins[row] = ranges.size();
                ValueSet within = universe.intersect(sets.get(row));
                // What lies beyond the universe does not matter: one whole range needs no splitting.
                ranges.addAll(within.equals(universe) ? field.all().ranges() : within.ranges());
            }
            begins[sets.size()] = ranges.size();
            rows = new int[ranges.size()];
            for (int row = 0; row < sets.size(); row++) {
                Arrays.fill(rows, begins[row], begins[row + 1], row);
            }
            variables = Layout.variables(field);
            skip = Bits.commonPrefix(universe);
            Value free = Value.largest(field.bits() - skip);
            Value first = universe.first().orElse(Value.ZERO);
            block = new Value(first.high() & ~free.high(), first.low() & ~free.low());
        }
    }

    private RowDiagram(Diagrams diagrams, List<Column> columns) {
        this.diagrams = diagrams;
        this.columns = columns;
        columns.forEach(_ -> known.add(new HashMap<>()));
    }

    /** @param fields all different, and no two whose bits lie between each other */
    static int of(Diagrams diagrams, Universe universe, List<Field> fields, List<List<ValueSet>> rows) throws TooLarge {
        List<Column> columns = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            order.add(column);
        }
        order.sort(Comparator.comparingInt(column -> Layout.firstVariable(fields.get(column))));
        for (int column : order) {
            Field field = fields.get(column);
            columns.add(new Column(
                    field,
                    universe.get(field),
                    rows.stream().map(row -> row.get(column)).toList()));
        }
        int[] all = new int[rows.size()];
        Arrays.setAll(all, row -> row);
        return new RowDiagram(diagrams, columns).column(0, all);
    }

    private int column(int number, int[] rows) throws TooLarge {
        if (rows.length == 0) {
            return Diagrams.FALSE;
        }
        if (number == columns.size()) {
            return Diagrams.TRUE;
        }
        IntBuffer key = IntBuffer.wrap(rows);
        Integer before = known.get(number).get(key);
        if (before != null) {
            return before;
        }
        Column column = columns.get(number);
        int length = 0;
        for (int row : rows) {
            length += column.begins[row + 1] - column.begins[row];
        }
        int[] ranges = new int[length];
        int next = 0;
        for (int row : rows) {
            for (int range = column.begins[row]; range < column.begins[row + 1]; range++) {
                ranges[next++] = range;
            }
        }
        int result = block(number, column.skip, column.block, ranges);
        known.get(number).put(key, result);
        return result;
    }

    /** @param ranges those that lie in the block, if only in part, by row */
    private int block(int number, int depth, Value block, int[] ranges) throws TooLarge {
        if (ranges.length == 0) {
            return Diagrams.FALSE;
        }
        Column column = columns.get(number);
        int bits = column.variables.length;
        Value free = Value.largest(bits - depth);
        Value last = new Value(block.high() | free.high(), block.low() | free.low());
        if (allFill(column, block, last, ranges)) {
            return column(
                    number + 1,
                    Arrays.stream(ranges)
                            .map(range -> column.rows[range])
                            .distinct()
                            .toArray());
        }
        Value middle = Bits.set(block, bits - 1 - depth);
        int[] below = new int[ranges.length];
        int[] above = new int[ranges.length];
        int belowLength = 0;
        int aboveLength = 0;
        for (int range : ranges) {
            diagrams.step();
            Range one = column.ranges.get(range);
            if (one.first().compareTo(middle) < 0) {
                below[belowLength++] = range;
            }
            if (one.last().compareTo(middle) >= 0) {
                above[aboveLength++] = range;
            }
        }
        int low = block(number, depth + 1, block, Arrays.copyOf(below, belowLength));
        int high = block(number, depth + 1, middle, Arrays.copyOf(above, aboveLength));
        return diagrams.node(column.variables[depth], low, high);
    }

    private static boolean allFill(Column column, Value block, Value last, int[] ranges) {
        for (int range : ranges) {
            Range one = column.ranges.get(range);
            if (one.first().compareTo(block) > 0 || one.last().compareTo(last) < 0) {
                return false;
            }
        }
        return true;
    }
}
