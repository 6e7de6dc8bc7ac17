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
    private static final int OCTETS4 = 4;
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
        long value = dotted(text, from, to);
        low = value;
        return value >= 0;
    }

    /** @return the address, or -1 */
    private static long dotted(byte[] text, int from, int to) {
        long value = 0;
        int octets = 0;
        int number = -1;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                if (number == 0) {
                    return -1; // a leading zero
                }
                number = number < 0 ? digit : number * 10 + digit;
                if (number > 255) {
                    return -1;
                }
            } else if (text[at] == '.' && number >= 0 && octets < OCTETS4 - 1) {
                value = value << 8 | number;
                octets++;
                number = -1;
            } else {
                return -1;
            }
        }
        return octets == OCTETS4 - 1 && number >= 0 ? value << 8 | number : -1;
    }

    private boolean read6(byte[] text, int from, int to) {
        int groups = 0;
        int gap = -1;
        int at = from;
        if (to - from >= 2 && text[from] == ':') {
            if (text[from + 1] != ':') {
                return false;
            }
            gap = 0;
            at = from + 2;
        }
        while (at < to) {
            int begin = at;
            int group = 0;
            while (at < to && at - begin <= 4 && hex(text[at]) >= 0) {
                group = group << 4 | hex(text[at]);
                at++;
            }
            if (at < to && text[at] == '.' && groups <= GROUPS - 2) {
                long dotted = dotted(text, begin, to);
                if (dotted < 0) {
                    return false;
                }
                append(groups, (int) (dotted >>> 16));
                append(groups + 1, (int) dotted & 0xffff);
                groups += 2;
                at = to;
                break;
            }
            if (at == begin || at - begin > 4 || groups == GROUPS) {
                return false;
            }
            append(groups, group);
            groups++;
            if (at == to) {
                break;
            }
            if (text[at] != ':' || at + 1 == to) {
                return false;
            }
            at++;
            if (text[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                at++;
            }
        }
        if (gap >= 0 && groups < GROUPS) {
            spread(gap, groups);
            groups = GROUPS;
            gap = -1;
        }
        return gap < 0 && groups == GROUPS && !isMapped();
    }

    private boolean isMapped() {
        return high == 0 && low >>> 32 == MAPPED4;
    }

    private void append(int place, int group) {
        if (place < 4) {
            high |= (long) group << (48 - 16 * place);
        } else {
            low |= (long) group << (48 - 16 * (place - 4));
        }
    }

    /** Moves the groups behind the gap to the end. */
    private void spread(int gap, int groups) {
        int shift = GROUPS - groups;
        for (int place = groups - 1; place >= gap; place--) {
            int group = group(place);
            clear(place);
            append(place + shift, group);
        }
    }

    private int group(int place) {
        return (int) ((place < 4 ? high >>> (48 - 16 * place) : low >>> (48 - 16 * (place - 4))) & 0xffff);
    }

    private void clear(int place) {
        if (place < 4) {
            high &= ~(0xffffL << (48 - 16 * place));
        } else {
            low &= ~(0xffffL << (48 - 16 * (place - 4)));
        }
    }

    private static int hex(byte octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
