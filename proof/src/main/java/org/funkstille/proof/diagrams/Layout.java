package org.funkstille.proof.diagrams;

import java.util.List;
import java.util.function.IntPredicate;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.sets.Value;

/**
 * Which variable stands for which bit of a packet.
 *
 * <p>The order decides how large diagrams become. On top are the fields of few numbers on which rule sets branch first:
 * below each of their numbers lies a smaller problem. Then addresses, which tell rules apart best, and then ports: most
 * addresses lead to few ports, but most ports to many addresses, since many rules name an address and no port. (The
 * other way round, 10,000 rules for one device took more than fifteen times as many steps.) In each field the highest
 * bit is first, since ranges and prefixes are about high bits. The two marks lie bit beside bit, since they are copied
 * from one to the other.
 */
// By ordinal: looked up for every bit of every set.
@SuppressWarnings("EnumOrdinal")
final class Layout {

    private static final List<Field> ABOVE_MARKS = List.of(
            Field.FAMILY,
            Field.IN_INTERFACE,
            Field.OUT_INTERFACE,
            Field.DESTINATION_TYPE,
            Field.STATE,
            Field.DIRECTION,
            Field.FLOW_STATUS,
            Field.TAG);

    private static final List<Field> BELOW_MARKS = List.of(
            Field.PROTOCOL,
            Field.ETHER_SOURCE,
            Field.SOURCE,
            Field.DESTINATION,
            Field.LATER_FRAGMENT,
            Field.EXTENSION,
            Field.DESTINATION_PORT,
            Field.SOURCE_PORT,
            Field.ICMP_TYPE,
            Field.ICMP_CODE,
            Field.TCP_FLAGS,
            Field.ETHER_DESTINATION,
            Field.LENGTH,
            Field.HOP_LIMIT,
            Field.DSCP);

    /** For each field, by its ordinal, the variables of its bits, highest first, ascending. */
    private static final int[][] VARIABLES = new int[Field.values().length][];

    /** The number of variables that stand for bits of a packet. */
    static final int PACKET = assign();

    private Layout() {}

    private static int assign() {
        int next = 0;
        for (Field field : ABOVE_MARKS) {
            next = assign(field, next, 1);
        }
        assign(Field.MARK, next, 2);
        assign(Field.FLOW_MARK, next + 1, 2);
        next += Field.MARK.bits() + Field.FLOW_MARK.bits();
        for (Field field : BELOW_MARKS) {
            next = assign(field, next, 1);
        }
        return next;
    }

    private static int assign(Field field, int first, int distance) {
        int[] variables = new int[field.bits()];
        for (int bit = 0; bit < variables.length; bit++) {
            variables[bit] = first + bit * distance;
        }
        VARIABLES[field.ordinal()] = variables;
        return first + variables.length * distance;
    }

    /** The variable of a bit; bit 0 is the highest of the field. */
    static int variable(Field field, int bit) {
        return VARIABLES[field.ordinal()][bit];
    }

    /** The variables of a field, highest bit first. */
    static int[] variables(Field field) {
        return VARIABLES[field.ordinal()].clone();
    }

    static int firstVariable(Field field) {
        return VARIABLES[field.ordinal()][0];
    }

    static Packet packet(IntPredicate values) {
        return new Packet(field -> value(field, values));
    }

    /** The value of each variable; those that stand for no bit of a packet are 0. */
    static boolean[] values(Packet packet, int variables) {
        boolean[] values = new boolean[variables];
        for (Field field : Field.values()) {
            for (int bit = 0; bit < field.bits(); bit++) {
                values[variable(field, bit)] = Bits.get(packet.get(field), field.bits() - 1 - bit);
            }
        }
        return values;
    }

    private static Value value(Field field, IntPredicate values) {
        long high = 0;
        long low = 0;
        for (int bit = 0; bit < field.bits(); bit++) {
            high = (high << 1) | (low >>> 63);
            low = (low << 1) | (values.test(variable(field, bit)) ? 1 : 0);
        }
        return new Value(high, low);
    }
}
