package org.funkstille.core.net;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IEEE 802 MAC-48 address, held as the 48 low bits of a {@code long}.
 *
 * @param bits the address, most significant octet first; the upper 16 bits are zero
 */
public record Mac(long bits) implements Comparable<Mac> {

    /** Colons, hyphens, or nothing between the octets: what routers, labels and apps print. */
    private static final Pattern FORM = Pattern.compile(
            "[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5}|[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private static final long GROUP_BIT = 1L << 40;

    public Mac {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits: " + Long.toHexString(bits));
        }
    }

    /** The address written in {@code text}, or nothing where it is none. */
    public static Optional<Mac> tryParse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Mac(HexFormat.fromHexDigitsToLong(text.replace(":", "").replace("-", ""))));
    }

    /** @throws IllegalArgumentException where {@code text} is no MAC address */
    public static Mac parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not a MAC address: " + text));
    }

    /** @param octets six octets in the order of transmission */
    public static Mac of(byte[] octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long bits = 0;
        for (byte octet : octets) {
            bits = bits << 8 | (octet & 0xff);
        }
        return new Mac(bits);
    }

    /** True of multicast and broadcast addresses, which no single device can own. */
    public boolean isGroup() {
        return (bits & GROUP_BIT) != 0;
    }

    @Override
    public int compareTo(Mac other) {
        return Long.compare(bits, other.bits);
    }

    /** Lower case with colons, as the kernel and nft print it. */
    @Override
    public String toString() {
        String hex = String.format(Locale.ROOT, "%012x", bits);
        return hex.substring(0, 2)
                + ':'
                + hex.substring(2, 4)
                + ':'
                + hex.substring(4, 6)
                + ':'
                + hex.substring(6, 8)
                + ':'
                + hex.substring(8, 10)
                + ':'
                + hex.substring(10);
    }
}
