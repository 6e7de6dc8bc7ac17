package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** How the numbers that nft compares stand for the numbers of a {@link Field}. */
sealed interface Coding {

    Coding SAME = new Shifted(0);

    /** Numbers of nft, as numbers of the field. */
    ValueSet toField(Field field, ValueSet numbers);

    /** nft's number is the field's less a constant: the length of an IPv6 packet without its header. */
    record Shifted(long less) implements Coding {
        @Override
        public ValueSet toField(Field field, ValueSet numbers) {
            if (less == 0 && numbers.bits() == field.bits()) {
                return numbers;
            }
            Value largest = Value.largest(field.bits());
            List<Range> ranges = new ArrayList<>(numbers.rangeCount());
            for (Range range : numbers.ranges()) {
                Value first = plus(range.first());
                Value last = plus(range.last());
                if (first.compareTo(largest) <= 0) {
                    ranges.add(new Range(first, last.compareTo(largest) <= 0 ? last : largest));
                }
            }
            return ValueSet.ofAll(field.bits(), ranges);
        }

        private Value plus(Value value) {
            return less == 0 ? value : Value.of(value.low() + less);
        }
    }

    /** @param codes nft's number for each number that the field can have */
    record Table(Map<Long, Long> codes) implements Coding {
        public Table {
            codes = Map.copyOf(codes);
        }

        @Override
        public ValueSet toField(Field field, ValueSet numbers) {
            return where(field, numbers::contains);
        }

        /** The field's numbers whose code passes. */
        ValueSet where(Field field, LongPredicate passes) {
            List<Range> ranges = codes.entrySet().stream()
                    .filter(entry -> passes.test(entry.getValue()))
                    .map(entry -> Range.of(entry.getKey(), entry.getKey()))
                    .toList();
            return ValueSet.ofAll(field.bits(), ranges);
        }
    }
}
