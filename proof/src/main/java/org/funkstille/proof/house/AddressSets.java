package org.funkstille.proof.house;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Addresses as sets of numbers. IPv4 takes the low 32 bits, so a set is of one family only. */
public final class AddressSets {

    /** The width of {@link Field#SOURCE} and {@link Field#DESTINATION}. */
    public static final int BITS = 128;

    private AddressSets() {}

    public static ValueSet of(InetAddress address) {
        return ValueSet.of(BITS, Value.of(address));
    }

    public static ValueSet of(Prefix prefix) {
        return ValueSet.of(BITS, range(prefix));
    }

    public static ValueSet of(AddressRange range) {
        return ValueSet.of(BITS, new Range(Value.of(range.first()), Value.of(range.last())));
    }

    public static Range range(Prefix prefix) {
        Value first = Value.of(prefix.network());
        int free = width(prefix.family()) - prefix.length();
        Value host = Value.largest(free);
        return new Range(first, new Value(first.high() | host.high(), first.low() | host.low()));
    }

    /** The address of the family that a number stands for. */
    public static InetAddress address(Value value, Family family) {
        byte[] octets = new byte[width(family) / 8];
        for (int index = 0; index < octets.length; index++) {
            int fromEnd = octets.length - 1 - index;
            long half = fromEnd < 8 ? value.low() : value.high();
            octets[index] = (byte) (half >>> (fromEnd % 8 * 8));
        }
        return Addresses.of(octets);
    }

    /** All addresses of those prefixes that are of the family. */
    public static ValueSet of(Family family, Collection<Prefix> prefixes) {
        List<Range> ranges = prefixes.stream()
                .filter(prefix -> prefix.family() == family)
                .map(AddressSets::range)
                .toList();
        return ValueSet.ofAll(BITS, ranges);
    }

    /** Every address of a family. */
    public static ValueSet all(Family family) {
        return ValueSet.of(BITS, new Range(Value.ZERO, Value.largest(width(family))));
    }

    /** The number of the family in {@link Field#FAMILY}. */
    public static long number(Family family) {
        return family == Family.IPV4 ? Field.IPV4 : Field.IPV6;
    }

    /** The packet is of the family and the field's address in the set. */
    public static Condition in(Field field, Family family, ValueSet set) {
        return Condition.all(Condition.in(Field.FAMILY, number(family)), new Condition.In(field, set));
    }

    private static int width(Family family) {
        return family == Family.IPV4 ? 32 : 128;
    }
}
