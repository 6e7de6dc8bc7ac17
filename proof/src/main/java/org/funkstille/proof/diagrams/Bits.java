package org.funkstille.proof.diagrams;

import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Single bits of numbers; the lowest has place 0. */
final class Bits {

    private Bits() {}

    static boolean get(Value value, int place) {
        return ((place < 64 ? value.low() >>> place : value.high() >>> (place - 64)) & 1) != 0;
    }

    static Value set(Value value, int place) {
        return place < 64
                ? new Value(value.high(), value.low() | (1L << place))
                : new Value(value.high() | (1L << (place - 64)), value.low());
    }

    /** How many of the highest bits all numbers of the set have in common. */
    static int commonPrefix(ValueSet set) {
        if (set.isEmpty()) {
            return 0;
        }
        Value first = set.ranges().getFirst().first();
        Value last = set.ranges().getLast().last();
        long high = first.high() ^ last.high();
        long low = first.low() ^ last.low();
        int different = high != 0 ? 128 - Long.numberOfLeadingZeros(high) : 64 - Long.numberOfLeadingZeros(low);
        return set.bits() - different;
    }
}
