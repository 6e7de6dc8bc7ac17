package org.funkstille.proof.random;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** A few numbers for each field, so that what is drawn from them often meets again. */
final class Pool {

    private final Random random;
    private final Map<Field, List<Value>> values = new EnumMap<>(Field.class);

    Pool(Random random, Question question) {
        this.random = random;
        add(Field.FAMILY, 0, 1);
        long interfaces = question.house().interfaces().size() + 1L;
        add(Field.IN_INTERFACE, LongStream.rangeClosed(0, interfaces).toArray());
        add(Field.OUT_INTERFACE, LongStream.rangeClosed(0, interfaces).toArray());
        values.put(Field.ETHER_SOURCE, new ArrayList<>(edges(question.macs())));
        add(Field.ETHER_DESTINATION, 0x02_00_00_00_00_99L, 0xff_ff_ff_ff_ff_ffL);
        values.put(Field.SOURCE, new ArrayList<>(edges(question.sources())));
        values.put(Field.DESTINATION, destinations(question));
        add(Field.DESTINATION_TYPE, 0, 1, 2, 3, 4);
        add(Field.PROTOCOL, 1, 2, 6, 17, 58);
        add(Field.EXTENSION, 0, 44, Field.NO_EXTENSION);
        add(Field.SOURCE_PORT, 68, 1024, 65535);
        add(Field.DESTINATION_PORT, 53, 67, 443, 1024, 65535);
        add(Field.ICMP_TYPE, 0, 8, 128, 135);
        add(Field.ICMP_CODE, 0, 1);
        add(Field.TCP_FLAGS, 1, 2, 16, 18);
        add(Field.LATER_FRAGMENT, 0, 1);
        add(Field.LENGTH, 40, 1500);
        add(Field.HOP_LIMIT, 1, 64, 255);
        add(Field.DSCP, 0, 46);
        add(Field.STATE, 0, 1, 2, 3, 4);
        add(Field.DIRECTION, 0, 1);
        add(Field.FLOW_STATUS, 0, 1, 2, 3);
        add(Field.MARK, 0, 1, 2, 3, 0x10);
        add(Field.FLOW_MARK, 0, 1, 2, 3, 0x10);
        add(Field.TAG, 0, 1, 2, 3);
    }

    private void add(Field field, long... numbers) {
        values.put(
                field,
                new ArrayList<>(LongStream.of(numbers).mapToObj(Value::of).toList()));
    }

    private static List<Value> destinations(Question question) {
        List<Value> found = new ArrayList<>(edges(new Space(question, Platform.PF).inside()));
        List<String> outside = question.family() == Family.IPV4
                ? List.of("8.8.8.8", "198.51.100.1", "224.0.0.251")
                : List.of("2001:db8:ffff::1", "2606:4700::1111", "ff02::fb");
        outside.forEach(text -> found.add(number(text)));
        return found;
    }

    private static Value number(String address) {
        return AddressSets.of(Prefix.parse(address + (address.contains(":") ? "/128" : "/32")))
                .first()
                .orElseThrow();
    }

    /** The first and the last number of each range, of the first few. */
    static List<Value> edges(ValueSet set) {
        return set.ranges().stream()
                .limit(4)
                .flatMap(range -> List.of(range.first(), range.last()).stream())
                .distinct()
                .toList();
    }

    Value value(Field field) {
        List<Value> all = values.getOrDefault(field, List.of(Value.ZERO));
        return all.isEmpty() ? Value.ZERO : all.get(random.nextInt(all.size()));
    }

    long number(Field field) {
        return value(field).low();
    }

    /** Single numbers and ranges between numbers of the pool; seldom empty or everything. */
    ValueSet set(Field field) {
        List<Range> ranges = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            ranges.add(range(field));
        }
        ValueSet set = ValueSet.ofAll(field.bits(), ranges);
        return random.nextInt(4) == 0 ? set.complement() : set;
    }

    private Range range(Field field) {
        Value one = value(field);
        if (random.nextInt(3) > 0) {
            return new Range(one, one);
        }
        Value other = value(field);
        return one.compareTo(other) <= 0 ? new Range(one, other) : new Range(other, one);
    }

    /** Two to four numbers. */
    ValueSet several(Field field) {
        Value first = value(field);
        ValueSet set = ValueSet.of(field.bits(), first);
        Value next = first;
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            next = random.nextBoolean() ? value(field) : next.next();
            if (next.compareTo(Value.largest(field.bits())) <= 0) {
                set = set.union(ValueSet.of(field.bits(), next));
            }
        }
        return set;
    }

    /** Any number of the set: near an edge or evenly. The set is not empty. */
    static Value any(Random random, ValueSet set) {
        Range range = set.ranges().get(random.nextInt(set.rangeCount()));
        return switch (random.nextInt(4)) {
            case 0 -> range.first();
            case 1 -> range.last();
            default -> between(random, range);
        };
    }

    private static Value between(Random random, Range range) {
        BigInteger first = range.first().toBigInteger();
        BigInteger count = range.last().toBigInteger().subtract(first).add(BigInteger.ONE);
        BigInteger picked =
                new BigInteger(count.bitLength() + 8, random).mod(count).add(first);
        return new Value(picked.shiftRight(64).longValue(), picked.longValue());
    }
}
