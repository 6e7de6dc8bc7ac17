package org.funkstille.evidence;

import java.nio.ByteOrder;

/**
 * Goes through netlink attributes (struct nlattr, linux/netlink.h): length and type in the byte order of the machine
 * that made them, then the value, padded to four octets.
 */
final class AttributeCursor {

    private static final int HEADER = 4;

    /** Without NLA_F_NESTED and NLA_F_NET_BYTEORDER. */
    private static final int TYPE_MASK = 0x3fff;

    private final Octets octets;
    private final ByteOrder order;
    private int following;
    private int value;
    private int length;
    private int type;
    private boolean damaged;

    AttributeCursor(Octets octets, int offset, ByteOrder order) {
        this.octets = octets;
        this.order = order;
        this.following = offset;
    }

    /** Steps to the next attribute; false at the end, or where the lengths lie. */
    boolean next() {
        if (!octets.has(following, HEADER)) {
            damaged |= following < octets.length();
            return false;
        }
        int size = octets.u16(following, order);
        if (size < HEADER || !octets.has(following, size)) {
            damaged = true;
            return false;
        }
        type = octets.u16(following + 2, order) & TYPE_MASK;
        value = following + HEADER;
        length = size - HEADER;
        following += (size + 3) & ~3;
        return true;
    }

    /** True where the end came otherwise than after a whole attribute. */
    boolean isDamaged() {
        return damaged;
    }

    int type() {
        return type;
    }

    int length() {
        return length;
    }

    Octets value() {
        return octets.slice(value, length);
    }
}
