package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.funkstille.core.net.Addresses;

/**
 * Reads one IP address as {@code inet_ntop} writes it, without making objects. As {@link Addresses#tryParse} it takes
 * neither leading zeros nor an IPv4 address in IPv6's clothes.
 */
final class AddressText {

    private static final int GROUPS = 8;
    private static final long MAPPED4 = 0xffffL;

    private boolean ipv6;
    private long high;
    private long low;

    boolean isIpv6() {
        return ipv6;
    }

    /** The upper half of an IPv6 address; 0 for IPv4. */
    long high() {
        return high;
    }

    /** The lower half of an IPv6 address, or an IPv4 address. */
    long low() {
        return low;
    }

    InetAddress address() {
        return address(ipv6, high, low);
    }

    static InetAddress address(boolean ipv6, long high, long low) {
        return Addresses.of(
                ipv6
                        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                        : ByteBuffer.allocate(4).putInt((int) low).array());
    }

    /** @return true where the octets are an address of that family */
    boolean read(boolean six, byte[] text, int from, int to) {
        ipv6 = six;
        high = 0;
        low = 0;
        if (six) {
            return read6(text, from, to);
        }
        long value = DottedDecimal.read(text, from, to);
        low = value;
        return value >= 0;
    }

    private boolean read6(byte[] text, int from, int to) {
        int groups = 0;
        int beforeGap = -1;
        long upper = 0; // of the groups so far
        long lower = 0;
        int at = from;
        if (to - from >= 2 && text[from] == ':') {
            if (text[from + 1] != ':') {
                return false;
            }
            beforeGap = 0;
            at = from + 2;
        }
        while (at < to) {
            int begin = at;
            int group = 0;
            for (int digit; at < to && at - begin <= 4 && (digit = hex(text[at])) >= 0; at++) {
                group = group << 4 | digit;
            }
            if (at < to && text[at] == '.' && groups <= GROUPS - 2) {
                long dotted = DottedDecimal.read(text, begin, to);
                if (dotted < 0) {
                    return false;
                }
                upper = upper << 32 | lower >>> 32;
                lower = lower << 32 | dotted;
                groups += 2;
                break;
            }
            if (at == begin || at - begin > 4 || groups == GROUPS) {
                return false;
            }
            upper = upper << 16 | lower >>> 48;
            lower = lower << 16 | group;
            groups++;
            if (at == to) {
                break;
            }
            if (text[at] != ':' || at + 1 == to) {
                return false;
            }
            at++;
            if (text[at] == ':') {
                if (beforeGap >= 0) {
                    return false;
                }
                beforeGap = groups;
                at++;
            }
        }
        if (beforeGap < 0 ? groups < GROUPS : groups == GROUPS) {
            return false;
        }
        spread(upper, lower, beforeGap < 0 ? 0 : groups - beforeGap, GROUPS - groups);
        return !isMapped();
    }

    /** Moves the groups before the gap to the front. */
    private void spread(long upper, long lower, int after, int gap) {
        if (gap == 0) {
            high = upper;
            low = lower;
            return;
        }
        // What stands behind the gap stays; what stands before it goes up by the gap's length.
        long lowerKept = after >= 4 ? lower : lower & ((1L << (16 * after)) - 1);
        long upperKept = after <= 4 ? 0 : upper & ((1L << (16 * (after - 4))) - 1);
        long lowerMoved = lower & ~lowerKept;
        long upperMoved = upper & ~upperKept;
        int bits = 16 * gap;
        if (bits < Long.SIZE) {
            high = upperKept | upperMoved << bits | lowerMoved >>> (Long.SIZE - bits);
            low = lowerKept | lowerMoved << bits;
        } else {
            high = upperKept | (bits == 2 * Long.SIZE ? 0 : lowerMoved << (bits - Long.SIZE));
            low = lowerKept;
        }
    }

    private boolean isMapped() {
        return high == 0 && low >>> 32 == MAPPED4;
    }

    private static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
