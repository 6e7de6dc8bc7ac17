package org.funkstille.core.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * An IP network: an address whose host bits are zero, and the number of leading bits that count.
 *
 * @param network the first address
 * @param length leading bits, 0 to 32 or 0 to 128
 */
public record Prefix(InetAddress network, int length) {

    public Prefix {
        byte[] octets = network.getAddress();
        if (length < 0 || length > octets.length * 8) {
            throw new IllegalArgumentException("prefix length " + length + " does not fit " + Addresses.text(network));
        }
        network = Addresses.of(masked(octets, length));
    }

    /** {@code 192.168.1.0/24}; host bits may be set and are dropped. Nothing where it is no prefix. */
    public static Optional<Prefix> tryParse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(text.substring(slash + 1));
        return Addresses.tryParse(text.substring(0, slash))
                .filter(address -> length <= address.getAddress().length * 8)
                .map(address -> new Prefix(address, length));
    }

    /** @throws IllegalArgumentException where {@code text} is no prefix */
    public static Prefix parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not a network prefix: " + text));
    }

    public Family family() {
        return Family.of(network);
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] mine = network.getAddress();
        return octets.length == mine.length && Arrays.equals(masked(octets, length), mine);
    }

    public boolean overlaps(Prefix other) {
        return contains(other.network) || other.contains(network);
    }

    private static byte[] masked(byte[] octets, int length) {
        byte[] result = octets.clone();
        for (int index = 0; index < result.length; index++) {
            int kept = Math.clamp(length - index * 8L, 0, 8);
            result[index] &= (byte) (0xff00 >> kept);
        }
        return result;
    }

    @Override
    public String toString() {
        return Addresses.text(network) + "/" + length;
    }
}
