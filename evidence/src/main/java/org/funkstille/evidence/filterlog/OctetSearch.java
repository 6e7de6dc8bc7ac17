package org.funkstille.evidence.filterlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds octets eight at a time. */
final class OctetSearch {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALVES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;

    private OctetSearch() {}

    /** Eight octets, the first one lowest. */
    static long word(byte[] octets, int at) {
        return (long) WORDS.get(octets, at);
    }

    /** Four octets, the first one lowest. */
    static int half(byte[] octets, int at) {
        return (int) HALVES.get(octets, at);
    }

    /** Every octet {@code wanted} of {@code word} as its highest bit, all else zero. */
    static long matches(long word, byte wanted) {
        long different = word ^ (EACH * (wanted & 0xff));
        return ~(((different & LOW_BITS) + LOW_BITS) | different | LOW_BITS);
    }

    /** The place of the first of such matches in its word, or 8. */
    static int first(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }

    /** Where {@code wanted} stands first, or {@code to}. */
    static int find(byte[] octets, int from, int to, byte wanted) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long matches = matches(word(octets, at), wanted);
            if (matches != 0) {
                return at + first(matches);
            }
        }
        while (at < to && octets[at] != wanted) {
            at++;
        }
        return at;
    }
}
