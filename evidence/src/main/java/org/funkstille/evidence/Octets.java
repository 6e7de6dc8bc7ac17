package org.funkstille.evidence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A stretch of a message, network byte order. A view: it is valid while the memory below it is. Who reads asks
 * {@link #has} first; reading outside is a fault of the decoder, never of the message.
 */
final class Octets {

    private final ByteBuffer buffer;
    private final int start;
    private final int length;

    /** @param buffer big-endian */
    Octets(ByteBuffer buffer, int start, int length) {
        Objects.checkFromIndexSize(start, length, buffer.capacity());
        this.buffer = buffer;
        this.start = start;
        this.length = length;
    }

    static Octets of(byte[] octets) {
        return new Octets(ByteBuffer.wrap(octets), 0, octets.length);
    }

    int length() {
        return length;
    }

    boolean has(int offset, int count) {
        return (offset | count) >= 0 && offset <= length - count;
    }

    int u8(int offset) {
        return buffer.get(at(offset, 1)) & 0xff;
    }

    int u16(int offset) {
        return buffer.getShort(at(offset, 2)) & 0xffff;
    }

    long u32(int offset) {
        return Integer.toUnsignedLong(buffer.getInt(at(offset, 4)));
    }

    long i64(int offset) {
        return buffer.getLong(at(offset, 8));
    }

    int u16(int offset, ByteOrder order) {
        int value = u16(offset);
        return order == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes((short) value) & 0xffff;
    }

    Octets slice(int offset, int count) {
        return new Octets(buffer, at(offset, count), count);
    }

    Octets from(int offset) {
        return slice(offset, length - offset);
    }

    byte[] copy(int offset, int count) {
        byte[] copy = new byte[count];
        buffer.get(at(offset, count), copy);
        return copy;
    }

    private int at(int offset, int count) {
        return start + Objects.checkFromIndexSize(offset, count, length);
    }
}
