package org.funkstille.proof.read.iptables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** All numbers that agree with a value in the bits of a mask. */
final class Masked {

    /** A mask with more holes than this stands for too many ranges. */
    private static final int MOST_HOLES = 16;

    private Masked() {}

    /**
     * @param bits width of the set
     * @param width how many bits a number has: 32 for IPv4 addresses
     */
    static ValueSet of(int bits, int width, BigInteger value, BigInteger mask) throws NotUnderstood {
        BigInteger everything = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        if (value.signum() < 0
                || mask.signum() < 0
                || value.andNot(everything).signum() != 0
                || mask.andNot(everything).signum() != 0) {
            throw new NotUnderstood("wider than " + width + " bits");
        }
        BigInteger base = value.and(mask);
        int tail = mask.signum() == 0 ? width : mask.getLowestSetBit();
        BigInteger rest = BigInteger.ONE.shiftLeft(tail).subtract(BigInteger.ONE);
        List<Integer> holes = new ArrayList<>();
        for (int bit = tail; bit < width; bit++) {
            if (!mask.testBit(bit)) {
                holes.add(bit);
            }
        }
        if (holes.size() > MOST_HOLES) {
            throw new NotUnderstood("the mask has " + holes.size() + " holes");
        }
        List<Range> ranges = new ArrayList<>();
        for (int choice = 0; choice < 1 << holes.size(); choice++) {
            BigInteger first = base;
            for (int hole = 0; hole < holes.size(); hole++) {
                first = (choice & 1 << hole) == 0 ? first : first.setBit(holes.get(hole));
            }
            ranges.add(new Range(value(first), value(first.or(rest))));
        }
        return ValueSet.ofAll(bits, ranges);
    }

    private static Value value(BigInteger number) {
        return new Value(number.shiftRight(64).longValue(), number.longValue());
    }
}
