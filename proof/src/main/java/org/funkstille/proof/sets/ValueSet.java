package org.funkstille.proof.sets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers of one width, as ranges that are sorted and neither overlap nor touch; so two equal sets have equal
 * ranges. Immutable. Union, intersection and complement take time in proportion to the number of ranges.
 */
public final class ValueSet {

    private static final Range[] NOTHING = {};

    /** So many times as many ranges are searched, not walked through. */
    private static final int MUCH_LONGER = 16;

    private final int bits;
    private final Range[] ranges;
    private final boolean all;

    /** Computed on first use: rule sets ask for the rest of a table of 100,000 prefixes again and again. */
    private @Nullable ValueSet complement;

    /** 0 until it is asked for. */
    private int hash;

    private ValueSet(int bits, Range[] ranges) {
        this.bits = bits;
        this.ranges = ranges;
        this.all = ranges.length == 1
                && ranges[0].first().equals(Value.ZERO)
                && ranges[0].last().equals(Value.largest(bits));
    }

    public static ValueSet none(int bits) {
        return new ValueSet(bits, NOTHING);
    }

    public static ValueSet all(int bits) {
        return new ValueSet(bits, new Range[] {new Range(Value.ZERO, Value.largest(bits))});
    }

    public static ValueSet of(int bits, Value value) {
        return of(bits, new Range(value, value));
    }

    public static ValueSet of(int bits, long value) {
        return of(bits, Value.of(value));
    }

    /** @throws IllegalArgumentException where the range does not fit the width */
    public static ValueSet of(int bits, Range range) {
        requireFits(bits, range);
        return new ValueSet(bits, new Range[] {range});
    }

    /**
     * The union of ranges in any order, overlapping or not.
     *
     * @throws IllegalArgumentException where a range does not fit the width
     */
    public static ValueSet ofAll(int bits, Collection<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::first));
        List<Range> merged = new ArrayList<>(sorted.size());
        for (Range range : sorted) {
            requireFits(bits, range);
            add(merged, range);
        }
        return new ValueSet(bits, merged.toArray(NOTHING));
    }

    private static void requireFits(int bits, Range range) {
        if (range.last().compareTo(Value.largest(bits)) > 0) {
            throw new IllegalArgumentException("the range " + range + " does not fit " + bits + " bits");
        }
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

    /** The width: all numbers are below 2^bits. */
    public int bits() {
        return bits;
    }

    /** In order; they neither overlap nor touch. */
    public List<Range> ranges() {
        return List.of(ranges);
    }

    public int rangeCount() {
        return ranges.length;
    }

    public boolean isEmpty() {
        return ranges.length == 0;
    }

    public boolean isAll() {
        return all;
    }

    /** The smallest number of the set. */
    public Optional<Value> first() {
        return ranges.length == 0 ? Optional.empty() : Optional.of(ranges[0].first());
    }

    /** The only number of the set, where it has exactly one. */
    public Optional<Value> only() {
        return ranges.length == 1 && ranges[0].first().equals(ranges[0].last())
                ? Optional.of(ranges[0].first())
                : Optional.empty();
    }

    public boolean contains(Value value) {
        int low = 0;
        int high = ranges.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges[middle];
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

    public boolean contains(long value) {
        return contains(Value.of(value));
    }

    /** True where every number of the other set is in this one. */
    public boolean containsAll(ValueSet other) {
        requireSameWidth(other);
        if (all || other.isEmpty()) {
            return true;
        }
        int mine = 0;
        for (Range range : other.ranges) {
            mine = firstReaching(range.first(), mine);
            // Ranges of a set do not touch, so one of them holds all of it, or none does.
            if (mine == ranges.length
                    || !ranges[mine].contains(range.first())
                    || !ranges[mine].contains(range.last())) {
                return false;
            }
        }
        return true;
    }

    /** The number of the first range, from that one on, that does not end before the value; behind the last: none. */
    private int firstReaching(Value value, int from) {
        int low = from;
        int high = ranges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges[middle].last().compareTo(value) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public boolean overlaps(ValueSet other) {
        requireSameWidth(other);
        if (ranges.length > other.ranges.length) {
            return other.overlaps(this);
        }
        if (ranges.length * MUCH_LONGER < other.ranges.length) {
            return overlapsMuchLonger(other);
        }
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.length && theirs < other.ranges.length) {
            if (ranges[mine].last().compareTo(other.ranges[theirs].first()) < 0) {
                mine++;
            } else if (other.ranges[theirs].last().compareTo(ranges[mine].first()) < 0) {
                theirs++;
            } else {
                return true;
            }
        }
        return false;
    }

    private boolean overlapsMuchLonger(ValueSet other) {
        int theirs = 0;
        for (Range range : ranges) {
            theirs = other.firstReaching(range.first(), theirs);
            if (theirs < other.ranges.length && other.ranges[theirs].first().compareTo(range.last()) <= 0) {
                return true;
            }
        }
        return false;
    }

    public ValueSet union(ValueSet other) {
        requireSameWidth(other);
        if (isEmpty() || other.isAll()) {
            return other;
        }
        if (other.isEmpty() || isAll()) {
            return this;
        }
        List<Range> both = new ArrayList<>(ranges.length + other.ranges.length);
        both.addAll(Arrays.asList(ranges));
        both.addAll(Arrays.asList(other.ranges));
        return ofAll(bits, both);
    }

    /** Returns one of the two itself where it lies in the other and that is cheap to see. */
    public ValueSet intersect(ValueSet other) {
        requireSameWidth(other);
        if (isAll() || other.isEmpty()) {
            return other;
        }
        if (other.isAll() || isEmpty()) {
            return this;
        }
        if (only().isPresent()) {
            return other.contains(ranges[0].first()) ? this : none(bits);
        }
        if (ranges.length > other.ranges.length) {
            return other.intersectLonger(this);
        }
        return intersectLonger(other);
    }

    /** @param other has as many ranges, or more */
    private ValueSet intersectLonger(ValueSet other) {
        List<Range> common = new ArrayList<>();
        boolean search = ranges.length * MUCH_LONGER < other.ranges.length;
        int theirs = 0;
        for (Range one : ranges) {
            if (search) {
                theirs = other.firstReaching(one.first(), theirs);
            }
            while (theirs < other.ranges.length && other.ranges[theirs].last().compareTo(one.first()) < 0) {
                theirs++;
            }
            while (theirs < other.ranges.length) {
                Range two = other.ranges[theirs];
                if (two.first().compareTo(one.last()) > 0) {
                    break;
                }
                common.add(common(one, two));
                if (two.last().compareTo(one.last()) > 0) {
                    // It may reach into the next one, too.
                    break;
                }
                theirs++;
            }
        }
        return new ValueSet(bits, common.toArray(NOTHING));
    }

    /** Of two that overlap. */
    private static Range common(Range one, Range two) {
        Value first = one.first().compareTo(two.first()) >= 0 ? one.first() : two.first();
        Value last = one.last().compareTo(two.last()) <= 0 ? one.last() : two.last();
        return first.equals(two.first()) && last.equals(two.last()) ? two : new Range(first, last);
    }

    public ValueSet complement() {
        ValueSet known = complement;
        if (known != null) {
            return known;
        }
        List<Range> gaps = new ArrayList<>(ranges.length + 1);
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
        ValueSet result = new ValueSet(bits, gaps.toArray(NOTHING));
        result.complement = this;
        complement = result;
        return result;
    }

    /** Each number less one. The set does not have 0. */
    public ValueSet lowered() {
        Range[] lower = new Range[ranges.length];
        for (int index = 0; index < ranges.length; index++) {
            lower[index] = new Range(
                    ranges[index].first().previous(), ranges[index].last().previous());
        }
        return new ValueSet(bits, lower);
    }

    /** Each number and one. The set does not have the largest. */
    public ValueSet raised() {
        Range[] higher = new Range[ranges.length];
        for (int index = 0; index < ranges.length; index++) {
            higher[index] =
                    new Range(ranges[index].first().next(), ranges[index].last().next());
        }
        return new ValueSet(bits, higher);
    }

    public ValueSet minus(ValueSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        return intersect(other.complement());
    }

    private void requireSameWidth(ValueSet other) {
        if (bits != other.bits) {
            throw new IllegalArgumentException("sets of " + bits + " and of " + other.bits + " bits");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ValueSet set
                        && bits == set.bits
                        && ranges.length == set.ranges.length
                        && hashCode() == set.hashCode()
                        && Arrays.equals(ranges, set.ranges));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = 31 * bits + Arrays.hashCode(ranges);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return Arrays.toString(ranges);
    }
}
