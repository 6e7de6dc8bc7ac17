package org.funkstille.proof.sets;

import org.jspecify.annotations.Nullable;

/** The numbers from {@code first} to {@code last}, both included. */
public record Range(Value first, Value last) {

    public Range {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("not a range: " + first + " to " + last);
        }
    }

    public static Range of(long first, long last) {
        return new Range(Value.of(first), Value.of(last));
    }

    public boolean contains(Value value) {
        return first.compareTo(value) <= 0 && value.compareTo(last) <= 0;
    }

    /** Said here, because what Java makes of a record is slow until it is compiled well. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Range range && first.equals(range.first) && last.equals(range.last);
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + last.hashCode();
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
