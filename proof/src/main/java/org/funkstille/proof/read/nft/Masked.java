package org.funkstille.proof.read.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Which numbers, with a mask applied, are in a set. */
final class Masked {

    /** A mask with holes above its lowest bit makes a range for each way to fill them. */
    private static final int MOST_HOLES = 12;

    private Masked() {}

    /** Nothing where that would be too many ranges. */
    static Optional<ValueSet> into(ValueSet numbers, Value mask) {
        int width = numbers.bits();
        BigInteger bits = mask.toBigInteger();
        if (bits.signum() == 0) {
            return Optional.of(numbers.contains(0) ? ValueSet.all(width) : ValueSet.none(width));
        }
        int lowest = bits.getLowestSetBit();
        List<Integer> holes = new ArrayList<>();
        for (int bit = lowest; bit < width; bit++) {
            if (!bits.testBit(bit)) {
                holes.add(bit);
            }
        }
        if (holes.isEmpty()) {
            return Optional.of(prefixes(numbers, lowest));
        }
        boolean single =
                numbers.ranges().stream().allMatch(range -> range.first().equals(range.last()));
        if (!single || holes.size() > MOST_HOLES || numbers.rangeCount() << holes.size() > 1 << MOST_HOLES) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        for (Range one : numbers.ranges()) {
            BigInteger number = one.first().toBigInteger();
            if (number.andNot(bits).signum() == 0) {
                fill(number, holes, lowest, ranges);
            }
        }
        return Optional.of(ValueSet.ofAll(width, ranges));
    }

    private static void fill(BigInteger number, List<Integer> holes, int lowest, List<Range> ranges) {
        BigInteger free = BigInteger.ONE.shiftLeft(lowest).subtract(BigInteger.ONE);
        for (int filling = 0; filling < 1 << holes.size(); filling++) {
            BigInteger filled = number;
            for (int hole = 0; hole < holes.size(); hole++) {
                filled = (filling >> hole & 1) == 1 ? filled.setBit(holes.get(hole)) : filled;
            }
            ranges.add(new Range(value(filled), value(filled.or(free))));
        }
    }

    /** The mask takes away the low bits alone: a number passes with its whole block. */
    private static ValueSet prefixes(ValueSet numbers, int lowest) {
        BigInteger block = BigInteger.ONE.shiftLeft(lowest);
        List<Range> ranges = new ArrayList<>();
        for (Range range : numbers.ranges()) {
            BigInteger first = range.first()
                    .toBigInteger()
                    .add(block)
                    .subtract(BigInteger.ONE)
                    .shiftRight(lowest);
            BigInteger last = range.last().toBigInteger().shiftRight(lowest);
            if (first.compareTo(last) <= 0) {
                ranges.add(new Range(
                        value(first.shiftLeft(lowest)),
                        value(last.add(BigInteger.ONE).shiftLeft(lowest).subtract(BigInteger.ONE))));
            }
        }
        return ValueSet.ofAll(numbers.bits(), ranges);
    }

    private static Value value(BigInteger number) {
        return new Value(number.shiftRight(64).longValue(), number.longValue());
    }
}
