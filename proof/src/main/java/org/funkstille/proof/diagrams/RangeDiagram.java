package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;

/**
 * A diagram from sorted ranges, bit by bit from the highest: each block of numbers that begin alike is split until no
 * range or one whole range fills it. Takes time in proportion to ranges and bits; nothing is merged.
 */
final class RangeDiagram {

    private final Diagrams diagrams;
    private final int[] variables;
    private final List<Range> ranges;

    private RangeDiagram(Diagrams diagrams, int[] variables, List<Range> ranges) {
        this.diagrams = diagrams;
        this.variables = variables;
        this.ranges = ranges;
    }

    /**
     * @param variables of the bits, highest first, ascending
     * @param ranges sorted, neither overlapping nor touching
     * @param skip how many of the highest bits are not looked at: they are as in every range
     */
    static int of(Diagrams diagrams, int[] variables, List<Range> ranges, int skip) throws TooLarge {
        if (ranges.isEmpty()) {
            return Diagrams.FALSE;
        }
        Value rest = Value.largest(variables.length - skip);
        Value first = ranges.getFirst().first();
        Value block = new Value(first.high() & ~rest.high(), first.low() & ~rest.low());
        return new RangeDiagram(diagrams, variables, ranges).block(skip, block, 0, ranges.size());
    }

    /** @param from the first range that lies in the block, if only in part */
    private int block(int depth, Value block, int from, int to) throws TooLarge {
        if (from == to) {
            return Diagrams.FALSE;
        }
        Range first = ranges.get(from);
        Value free = Value.largest(variables.length - depth);
        Value last = new Value(block.high() | free.high(), block.low() | free.low());
        if (first.first().compareTo(block) <= 0 && first.last().compareTo(last) >= 0) {
            return Diagrams.TRUE;
        }
        diagrams.step();
        Value middle = Bits.set(block, variables.length - 1 - depth);
        int split = firstNotBelow(middle, from, to);
        boolean crosses = split > from && ranges.get(split - 1).last().compareTo(middle) >= 0;
        int low = block(depth + 1, block, from, split);
        int high = block(depth + 1, middle, crosses ? split - 1 : split, to);
        return diagrams.node(variables[depth], low, high);
    }

    /** The first range that begins at the value or above. */
    private int firstNotBelow(Value value, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).first().compareTo(value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
