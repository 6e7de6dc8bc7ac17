package org.funkstille.proof.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ValueSetTest {

    /** Small enough to be compared number by number. */
    private static final int BITS = 6;

    private static final int NUMBERS = 1 << BITS;

    @Test
    void operations_agreeWithThoseOnSingleNumbers_onRandomSets() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            ValueSet one = random(random);
            ValueSet other = random(random);
            BitSet oneNumbers = numbers(one);
            BitSet otherNumbers = numbers(other);
            BitSet union = (BitSet) oneNumbers.clone();
            union.or(otherNumbers);
            BitSet common = (BitSet) oneNumbers.clone();
            common.and(otherNumbers);
            BitSet rest = (BitSet) oneNumbers.clone();
            rest.andNot(otherNumbers);
            BitSet complement = (BitSet) oneNumbers.clone();
            complement.flip(0, NUMBERS);
            assertThat(numbers(one.union(other))).isEqualTo(union);
            assertThat(numbers(one.intersect(other))).isEqualTo(common);
            assertThat(numbers(one.minus(other))).isEqualTo(rest);
            assertThat(numbers(one.complement())).isEqualTo(complement);
            assertThat(one.complement().complement()).isEqualTo(one);
            assertThat(one.overlaps(other)).isEqualTo(!common.isEmpty());
            assertThat(one.containsAll(other)).isEqualTo(common.equals(otherNumbers));
        }
    }

    @Test
    void setsOfTheSameNumbers_areEqual_howeverTheyWereMade() {
        assertThat(ValueSet.ofAll(8, List.of(Range.of(5, 9), Range.of(0, 4), Range.of(3, 6))))
                .isEqualTo(ValueSet.of(8, Range.of(0, 9)));
    }

    @Test
    void wholeWidth_hasNoComplement_alsoWith128Bits() {
        for (int bits : new int[] {1, 8, 32, 63, 64, 65, 127, 128}) {
            assertThat(ValueSet.all(bits).complement()).isEqualTo(ValueSet.none(bits));
            assertThat(ValueSet.none(bits).complement()).isEqualTo(ValueSet.all(bits));
            assertThat(ValueSet.of(bits, Value.largest(bits)).complement().contains(Value.largest(bits)))
                    .isFalse();
        }
    }

    @Test
    void numbersAbove63Bits_areUnsigned() {
        Value large = new Value(-1L, 0);
        assertThat(large).isGreaterThan(new Value(1, 0));
        assertThat(new Value(0, -1L).next()).isEqualTo(new Value(1, 0));
        assertThat(new Value(1, 0).previous()).isEqualTo(new Value(0, -1L));
        assertThat(ValueSet.of(128, new Range(new Value(0, -1L), large)).contains(new Value(5, 5)))
                .isTrue();
    }

    @Test
    void numbersThatDoNotFit_areRefused() {
        assertThatThrownBy(() -> ValueSet.of(8, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueSet.of(8, 1).union(ValueSet.of(9, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ValueSet random(Random random) {
        List<Range> ranges = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            int first = random.nextInt(NUMBERS);
            ranges.add(Range.of(first, first + random.nextInt(NUMBERS - first)));
        }
        return ValueSet.ofAll(BITS, ranges);
    }

    private static BitSet numbers(ValueSet set) {
        BitSet numbers = new BitSet(NUMBERS);
        for (int number = 0; number < NUMBERS; number++) {
            numbers.set(number, set.contains(Value.of(number)));
        }
        return numbers;
    }
}
