package org.funkstille.core.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and orders IP addresses. Never asks the DNS. */
public final class Addresses {

    /** IPv4 before IPv6, then by value. */
    public static final Comparator<InetAddress> ORDER = Comparator.<InetAddress>comparingInt(
                    address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    /**
     * {@link InetAddress#ofLiteral} also takes {@code 10.1} for {@code 10.0.0.1}, and {@code 010.0.0.1}, which others read
     * as octal; a configuration should not.
     */
    private static final Pattern COMPLETE4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** Without the brackets and the scope that {@link InetAddress#ofLiteral} also takes. */
    private static final Pattern PLAIN6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private Addresses() {}

    /**
     * The address written in {@code text}; nothing where it is no literal (a name, a prefix, a scoped address), nor where
     * it is an IPv4 address in IPv6's clothes ({@code ::ffff:192.0.2.1}).
     */
    public static Optional<InetAddress> tryParse(String text) {
        boolean colons = text.indexOf(':') >= 0;
        if (!(colons ? PLAIN6 : COMPLETE4).matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return colons && address instanceof Inet4Address ? Optional.empty() : Optional.of(address);
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    /** @throws IllegalArgumentException where {@code text} is no address */
    public static InetAddress parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
    }

    /** @param octets 4 or 16 octets, network order */
    public static InetAddress of(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + octets.length, wrongLength);
        }
    }

    /** The literal alone, without the host name that {@link InetAddress#toString()} may put in front. */
    public static String text(InetAddress address) {
        String literal = address.getHostAddress();
        return address instanceof Inet6Address ? compress(literal) : literal;
    }

    /** RFC 5952: the longest run of two or more zero groups becomes {@code ::}. */
    private static String compress(String literal) {
        String[] groups = literal.split(":", -1);
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < groups.length; start++) {
            int length = 0;
            while (start + length < groups.length && groups[start + length].equals("0")) {
                length++;
            }
            if (length > bestLength) {
                bestStart = start;
                bestLength = length;
            }
        }
        if (bestStart < 0) {
            return literal;
        }
        String before = String.join(":", Arrays.copyOfRange(groups, 0, bestStart));
        String after = String.join(":", Arrays.copyOfRange(groups, bestStart + bestLength, groups.length));
        return before + "::" + after;
    }
}
