package org.funkstille.evidence.filterlog;

/**
 * Reads an IPv4 address as {@code inet_ntoa} writes it. All octets of its text are looked at together: the lengths of
 * the four numbers follow no pattern, so that a branch for each digit costs more than all else of a line.
 */
final class DottedDecimal {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long TO_NEXT_SIXTEEN = 0x0606_0606_0606_0606L;
    private static final long UPPER_HALVES = 0xf0f0_f0f0_f0f0_f0f0L;

    /** Brings the highest bits of eight octets together in the highest octet. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private DottedDecimal() {}

    /** @return the address, or -1 where it is none */
    static long read(byte[] text, int from, int to) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST) {
            return -1;
        }
        if (from < Integer.BYTES || text.length - from < 2 * Long.BYTES) {
            byte[] alone = new byte[Integer.BYTES + 2 * Long.BYTES]; // at the edge of the memory: rare
            System.arraycopy(text, from, alone, Integer.BYTES, length);
            return within(alone, Integer.BYTES, length);
        }
        return within(text, from, length);
    }

    private static long within(byte[] text, int from, int length) {
        long low = OctetSearch.word(text, from);
        long high = OctetSearch.word(text, from + Long.BYTES);
        int inside = (1 << length) - 1;
        int dots = (gathered(OctetSearch.matches(low, (byte) '.'))
                        | gathered(OctetSearch.matches(high, (byte) '.')) << Long.BYTES)
                & inside;
        int others = (gathered(notDigits(low)) | gathered(notDigits(high)) << Long.BYTES) & inside;
        if (dots != others || Integer.bitCount(dots) != 3) {
            return -1;
        }
        int first = Integer.numberOfTrailingZeros(dots);
        int rest = dots & (dots - 1);
        int second = Integer.numberOfTrailingZeros(rest);
        int third = Integer.numberOfTrailingZeros(rest & (rest - 1));
        int one = number(text, from + first, first);
        int two = number(text, from + second, second - first - 1);
        int three = number(text, from + third, third - second - 1);
        int four = number(text, from + length, length - third - 1);
        return (one | two | three | four) > 255 ? -1 : (long) one << 24 | two << 16 | three << 8 | four;
    }

    /** The highest bit of every octet that is no digit. A sum may run over into later octets, but marks its own, too. */
    private static long notDigits(long word) {
        long digits = word ^ ZEROS;
        long upper = (digits | digits + TO_NEXT_SIXTEEN) & UPPER_HALVES;
        return ~OctetSearch.matches(upper, (byte) 0) & 0x8080_8080_8080_8080L;
    }

    private static int gathered(long highestBits) {
        return (int) (((highestBits >>> 7) * GATHER) >>> 56);
    }

    /**
     * The decimal number before a place, whose octets are digits.
     *
     * @return more than 255 where it is too large, has a leading zero, or not 1 to 3 digits
     */
    private static int number(byte[] text, int end, int digits) {
        if (digits < 1 || digits > 3) {
            return 256;
        }
        int unused = 32 - 8 * digits;
        int values = OctetSearch.half(text, end - Integer.BYTES) & 0x0f0f_0f0f;
        int used = values >>> unused << unused;
        int number = (used >>> 24) + (used >>> 16 & 0xf) * 10 + (used >>> 8 & 0xf) * 100;
        int leading = values >>> unused & 0xf;
        return digits > 1 && leading == 0 ? 256 : number;
    }
}
