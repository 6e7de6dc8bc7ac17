package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

final class FieldDiagramsTest {

    private static final Packet ZEROS = Box.all().first();

    private final Diagrams diagrams = new Diagrams(Layout.PACKET, Budget.USUAL);
    private final FieldDiagrams fields = new FieldDiagrams(diagrams, Universe.all());
    private final Random random = new Random(3);

    @Test
    void set_holdsItsNumbers_andNoOther() throws TooLarge {
        for (int round = 0; round < 300; round++) {
            ValueSet set = randomSet(Field.PROTOCOL);
            int diagram = fields.in(Field.PROTOCOL, set);
            for (int number = 0; number < 256; number++) {
                assertThat(contains(diagram, ZEROS.with(Field.PROTOCOL, number)))
                        .isEqualTo(set.contains(number));
            }
            assertThat(fields.in(Field.PROTOCOL, set.complement())).isEqualTo(diagrams.not(diagram));
        }
    }

    @Test
    void rangeOfWideNumbers_endsWhereItEnds() throws TooLarge {
        Value first = new Value(0x20010db8_00000000L, -2L);
        Value last = new Value(0x20010db8_00000007L, 5);
        int diagram = fields.in(Field.SOURCE, ValueSet.of(128, new Range(first, last)));
        assertThat(contains(diagram, ZEROS.with(Field.SOURCE, first.previous())))
                .isFalse();
        assertThat(contains(diagram, ZEROS.with(Field.SOURCE, first))).isTrue();
        assertThat(contains(diagram, ZEROS.with(Field.SOURCE, first.next().next())))
                .isTrue();
        assertThat(contains(diagram, ZEROS.with(Field.SOURCE, last))).isTrue();
        assertThat(contains(diagram, ZEROS.with(Field.SOURCE, last.next()))).isFalse();
    }

    @Test
    void rows_areTheUnionOfTheirProducts_inAnyOrderOfFields() throws TooLarge {
        List<Field> order = List.of(Field.DSCP, Field.PROTOCOL, Field.HOP_LIMIT);
        for (int round = 0; round < 300; round++) {
            List<List<ValueSet>> rows = new ArrayList<>();
            int expected = Diagrams.FALSE;
            for (int row = random.nextInt(8); row >= 0; row--) {
                List<ValueSet> sets = order.stream().map(this::randomSet).toList();
                rows.add(sets);
                int product = Diagrams.TRUE;
                for (int column = 0; column < sets.size(); column++) {
                    product = diagrams.and(product, fields.in(order.get(column), sets.get(column)));
                }
                expected = diagrams.or(expected, product);
            }
            assertThat(fields.row(order, rows)).isEqualTo(expected);
        }
    }

    @Test
    void rowsOfOneFieldTwice_orOfBothMarks_areTheUnionOfTheirProducts() throws TooLarge {
        ValueSet low = ValueSet.of(8, Range.of(0, 9));
        ValueSet middle = ValueSet.of(8, Range.of(5, 20));
        List<List<ValueSet>> rows = List.of(List.of(low, middle), List.of(middle, middle));
        assertThat(fields.row(List.of(Field.PROTOCOL, Field.PROTOCOL), rows))
                .isEqualTo(fields.in(Field.PROTOCOL, middle));
        List<List<ValueSet>> marks = List.of(
                List.of(Field.MARK.only(1), Field.FLOW_MARK.only(2)),
                List.of(Field.MARK.only(3), Field.FLOW_MARK.all()));
        int diagram = fields.row(List.of(Field.MARK, Field.FLOW_MARK), marks);
        assertThat(contains(diagram, ZEROS.with(Field.MARK, 1).with(Field.FLOW_MARK, 2)))
                .isTrue();
        assertThat(contains(diagram, ZEROS.with(Field.MARK, 1).with(Field.FLOW_MARK, 3)))
                .isFalse();
        assertThat(contains(diagram, ZEROS.with(Field.MARK, 3).with(Field.FLOW_MARK, 9)))
                .isTrue();
    }

    @Test
    void hundredThousandPrefixes_andManyPairs_areWithinTheUsualBudget() throws TooLarge {
        FieldDiagrams ofIpv4 = new FieldDiagrams(
                diagrams,
                Universe.of(
                        List.of(Box.all().with(Field.DESTINATION, AddressSets.all(Family.IPV4))),
                        linux().build(),
                        new Interfaces(List.of()),
                        Field.OUT_INTERFACE.none()));
        List<Range> prefixes = new ArrayList<>();
        List<List<ValueSet>> pairs = new ArrayList<>();
        for (int count = 0; count < 100_000; count++) {
            long network = random.nextLong(1L << 24) << 8;
            prefixes.add(Range.of(network, network + 255));
            if (count % 2 == 0) {
                pairs.add(List.of(
                        ValueSet.of(128, random.nextLong(1L << 32)),
                        Field.DESTINATION_PORT.only(random.nextLong(1L << 16))));
            }
        }
        ValueSet set = ValueSet.ofAll(128, prefixes);
        int diagram = ofIpv4.in(Field.DESTINATION, set);
        int rows = ofIpv4.row(List.of(Field.DESTINATION, Field.DESTINATION_PORT), pairs);
        for (int round = 0; round < 1_000; round++) {
            long number = random.nextLong(1L << 32);
            assertThat(contains(diagram, ZEROS.with(Field.DESTINATION, number))).isEqualTo(set.contains(number));
            List<ValueSet> pair = pairs.get(random.nextInt(pairs.size()));
            Packet packet = ZEROS.with(
                            Field.DESTINATION, pair.getFirst().first().orElseThrow())
                    .with(Field.DESTINATION_PORT, pair.getLast().first().orElseThrow());
            assertThat(contains(rows, packet)).isTrue();
            assertThat(contains(rows, packet.with(Field.DESTINATION, number))).isFalse();
        }
        assertThat(diagrams.size()).isLessThan(Budget.USUAL.nodes());
    }

    private ValueSet randomSet(Field field) {
        List<Range> ranges = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            long first = random.nextInt(1 << field.bits());
            ranges.add(Range.of(first, random.nextLong(first, 1L << field.bits())));
        }
        return ValueSet.ofAll(field.bits(), ranges);
    }

    private boolean contains(int diagram, Packet packet) {
        return diagrams.contains(diagram, Layout.values(packet, Layout.PACKET));
    }
}
