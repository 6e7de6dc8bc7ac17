package org.funkstille.core.proof.sets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of numbers of one width, as ranges that are sorted and neither overlap nor touch; so two equal sets have equal
 * ranges. Immutable. Union, intersection and complement take time in proportion to the number of ranges.
 *
 * @param bits the width: all numbers are below 2^bits
 */
public record ValueSet(int bits, List<Range> ranges) {

    /** @throws IllegalArgumentException where the ranges are not as described, or a number does not fit the width */
    public ValueSet {
        ranges = List.copyOf(ranges);
        Value largest = Value.largest(bits);
        for (int index = 0; index < ranges.size(); index++) {
            Range range = ranges.get(index);
            boolean apart = index == 0 || ranges.get(index - 1).last().next().compareTo(range.first()) < 0;
            if (!apart || range.last().compareTo(largest) > 0) {
                throw new IllegalArgumentException("not ranges in order and apart, of " + bits + " bits: " + ranges);
            }
        }
    }

    public static ValueSet none(int bits) {
        return new ValueSet(bits, List.of());
    }

    public static ValueSet all(int bits) {
        return new ValueSet(bits, List.of(new Range(Value.ZERO, Value.largest(bits))));
    }

    public static ValueSet of(int bits, Value value) {
        return new ValueSet(bits, List.of(new Range(value, value)));
    }

    public static ValueSet of(int bits, long value) {
        return of(bits, Value.of(value));
    }

    public static ValueSet of(int bits, Range range) {
        return new ValueSet(bits, List.of(range));
    }

    /** The union of ranges in any order, overlapping or not. */
    public static ValueSet ofAll(int bits, Collection<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::first));
        List<Range> merged = new ArrayList<>(sorted.size());
        for (Range range : sorted) {
            add(merged, range);
        }
        return new ValueSet(bits, merged);
    }

    /** Ranges come in the order of their beginnings; one that touches the last is joined to it. */
    private static void add(List<Range> merged, Range range) {
        if (merged.isEmpty()) {
            merged.add(range);
            return;
        }
        Range last = merged.getLast();
        boolean apart =
                last.last().compareTo(range.first()) < 0 && !last.last().next().equals(range.first());
        if (apart) {
            merged.add(range);
        } else if (range.last().compareTo(last.last()) > 0) {
            merged.set(merged.size() - 1, new Range(last.first(), range.last()));
        }
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean isAll() {
        return equals(all(bits));
    }

    public boolean contains(Value value) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (range.contains(value)) {
                return true;
            }
            if (value.compareTo(range.first()) < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return false;
    }

    public ValueSet union(ValueSet other) {
        requireSameWidth(other);
        List<Range> both = new ArrayList<>(ranges.size() + other.ranges.size());
        both.addAll(ranges);
        both.addAll(other.ranges);
        return ofAll(bits, both);
    }

    public ValueSet intersect(ValueSet other) {
        requireSameWidth(other);
        List<Range> common = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.size() && theirs < other.ranges.size()) {
            Range one = ranges.get(mine);
            Range two = other.ranges.get(theirs);
            Value first = one.first().compareTo(two.first()) >= 0 ? one.first() : two.first();
            Value last = one.last().compareTo(two.last()) <= 0 ? one.last() : two.last();
            if (first.compareTo(last) <= 0) {
                common.add(new Range(first, last));
            }
            if (one.last().compareTo(two.last()) < 0) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new ValueSet(bits, common);
    }

    public ValueSet complement() {
        List<Range> gaps = new ArrayList<>();
        Value next = Value.ZERO;
        boolean open = true;
        for (Range range : ranges) {
            if (next.compareTo(range.first()) < 0) {
                gaps.add(new Range(next, range.first().previous()));
            }
            open = range.last().compareTo(Value.largest(bits)) < 0;
            next = range.last().next();
        }
        if (open) {
            gaps.add(new Range(next, Value.largest(bits)));
        }
        return new ValueSet(bits, gaps);
    }

    public ValueSet minus(ValueSet other) {
        return intersect(other.complement());
    }

    private void requireSameWidth(ValueSet other) {
        if (bits != other.bits) {
            throw new IllegalArgumentException("sets of " + bits + " and of " + other.bits + " bits");
        }
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
