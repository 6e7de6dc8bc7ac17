package org.funkstille.proof.read.pf;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.funkstille.core.net.Family;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;

/**
 * A network, an address, or a range of addresses, as pf writes them.
 *
 * @param length of the prefix; a range has the full length
 */
record Net(Family family, Range range, int length) {

    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern COLON = Pattern.compile(":");

    /** An address alone; of IPv6 a scope behind {@code %} is left out. Nothing where it is none. */
    static Optional<Net> address(String text) {
        Optional<Net> four = four(text, 4);
        return four.isPresent() ? four : six(text).map(value -> of(Family.IPV6, value, 128));
    }

    /** With host bits set or not; IPv4 may leave out octets at the end: {@code 10/8}. */
    static Optional<Net> prefix(String address, String length) {
        Optional<Value> six = six(address);
        OptionalInt bits = Numbers.parse(length, six.isPresent() ? 128 : 32);
        if (bits.isEmpty()) {
            return Optional.empty();
        }
        return six.isPresent()
                ? Optional.of(of(Family.IPV6, six.get(), bits.getAsInt()))
                : four(address, 1).map(net -> of(Family.IPV4, net.range.first(), bits.getAsInt()));
    }

    static Optional<Net> between(Net first, Net last) {
        boolean sound = first.family == last.family && first.range.first().compareTo(last.range.last()) <= 0;
        return sound
                ? Optional.of(
                        new Net(first.family, new Range(first.range.first(), last.range.last()), width(first.family)))
                : Optional.empty();
    }

    private static Net of(Family family, Value address, int length) {
        Value host = Value.largest(width(family) - length);
        Value first = new Value(address.high() & ~host.high(), address.low() & ~host.low());
        return new Net(
                family, new Range(first, new Value(first.high() | host.high(), first.low() | host.low())), length);
    }

    private static int width(Family family) {
        return family == Family.IPV4 ? 32 : 128;
    }

    private static Optional<Net> four(String text, int fewest) {
        if (text.length() > 15) {
            return Optional.empty();
        }
        String[] octets = DOT.split(text, -1);
        if (octets.length < fewest || octets.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int index = 0; index < 4; index++) {
            OptionalInt octet = index < octets.length ? decimal(octets[index], 255) : OptionalInt.of(0);
            if (octet.isEmpty()) {
                return Optional.empty();
            }
            address = address << 8 | octet.getAsInt();
        }
        return Optional.of(of(Family.IPV4, Value.of(address), 32));
    }

    private static OptionalInt decimal(String text, int largest) {
        return text.startsWith("0x") ? OptionalInt.empty() : Numbers.parse(text, largest);
    }

    /** RFC 4291 2.2, all three forms. */
    private static Optional<Value> six(String text) {
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        if (plain.indexOf(':') < 0 || plain.length() > 45) {
            return Optional.empty();
        }
        int gap = plain.indexOf("::");
        int[] head = groups(gap < 0 ? plain : plain.substring(0, gap));
        int[] tail = groups(gap < 0 ? "" : plain.substring(gap + 2));
        boolean sound =
                head.length <= 8 && tail.length <= 8 && (gap < 0 ? head.length == 8 : head.length + tail.length <= 7);
        if (!sound) {
            return Optional.empty();
        }
        int[] all = new int[8];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
        long high = 0;
        long low = 0;
        for (int index = 0; index < 4; index++) {
            high = high << 16 | all[index];
            low = low << 16 | all[index + 4];
        }
        return Optional.of(new Value(high, low));
    }

    /** More than eight where they are no groups at all. */
    private static int[] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        int[] wrong = new int[9];
        String[] parts = COLON.split(text, -1);
        if (parts.length > 8) {
            return wrong;
        }
        Optional<Net> embedded = four(parts[parts.length - 1], 4);
        int[] groups = new int[parts.length + (embedded.isPresent() ? 1 : 0)];
        for (int index = 0; index < parts.length; index++) {
            if (index == parts.length - 1 && embedded.isPresent()) {
                long address = embedded.get().range().first().low();
                groups[index] = (int) (address >> 16);
                groups[index + 1] = (int) (address & 0xffff);
            } else {
                OptionalInt group = parts[index].length() > 4 || parts[index].startsWith("0x")
                        ? OptionalInt.empty()
                        : Numbers.parse("0x" + parts[index], 0xffff);
                if (group.isEmpty()) {
                    return wrong;
                }
                groups[index] = group.getAsInt();
            }
        }
        return groups;
    }
}
