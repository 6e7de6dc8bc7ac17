package org.funkstille.evidence.filterlog;

/**
 * Takes the lines out of a stream of octets (RFC 6587): each either counted ({@code 57 <134>...}) or ended by a line
 * feed, as the sender does it, and perhaps in turns. Keeps one line at most.
 */
final class SyslogFrames {

    /** Octets; RFC 5424 asks for 2048, and the longest line of the filter log has about a thousand. */
    static final int LONGEST_LINE = 8192;

    private static final int LONGEST_COUNT = 7;

    /** Takes lines; it must not keep the octets. */
    interface Lines {

        void line(byte[] octets, int from, int to);

        /** A line was longer than {@link #LONGEST_LINE} and is skipped. */
        void tooLong();
    }

    private enum State {
        /** Between two lines, or in what may be a count. */
        BEGINNING,
        /** In a line that ends with a line feed. */
        UNTIL_LINE_FEED,
        COUNTED,
        SKIPPING_UNTIL_LINE_FEED,
        SKIPPING_COUNTED
    }

    private final Lines lines;
    private final byte[] kept = new byte[LONGEST_LINE];
    private int length;
    private long missing;
    private State state = State.BEGINNING;
    private long completed;

    SyslogFrames(Lines lines) {
        this.lines = lines;
    }

    /** True where a line has begun and its end has not come. */
    boolean isAmidLine() {
        return state != State.BEGINNING || length > 0;
    }

    /** How many lines have come to their end, skipped ones too. */
    long completed() {
        return completed;
    }

    void take(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            at = switch (state) {
                case BEGINNING -> beginning(octets, at);
                case UNTIL_LINE_FEED -> untilLineFeed(octets, at, to);
                case COUNTED -> counted(octets, at, to);
                case SKIPPING_UNTIL_LINE_FEED -> skippingUntilLineFeed(octets, at, to);
                case SKIPPING_COUNTED -> skippingCounted(at, to);
            };
        }
    }

    /** One octet at a time: digits and a space are a count, all else is the line itself. */
    private int beginning(byte[] octets, int at) {
        byte octet = octets[at];
        if (octet >= '0' && octet <= '9' && length < LONGEST_COUNT && !(length == 0 && octet == '0')) {
            kept[length] = octet;
            length++;
            return at + 1;
        }
        if (octet == ' ' && length > 0) {
            missing = count();
            length = 0;
            if (missing > LONGEST_LINE) {
                lines.tooLong();
                state = State.SKIPPING_COUNTED;
            } else {
                state = State.COUNTED;
            }
            return at + 1;
        }
        state = State.UNTIL_LINE_FEED;
        return at;
    }

    private long count() {
        long count = 0;
        for (int place = 0; place < length; place++) {
            count = count * 10 + kept[place] - '0';
        }
        return count;
    }

    private int untilLineFeed(byte[] octets, int from, int to) {
        int end = OctetSearch.find(octets, from, to, (byte) '\n');
        if (length + end - from > LONGEST_LINE) {
            lines.tooLong();
            length = 0;
            state = State.SKIPPING_UNTIL_LINE_FEED;
            return end;
        }
        keep(octets, from, end);
        if (end == to) {
            return to;
        }
        done();
        return end + 1;
    }

    private int counted(byte[] octets, int from, int to) {
        int taken = (int) Math.min(missing, to - from);
        keep(octets, from, from + taken);
        missing -= taken;
        if (missing == 0) {
            done();
        }
        return from + taken;
    }

    private int skippingUntilLineFeed(byte[] octets, int from, int to) {
        int end = OctetSearch.find(octets, from, to, (byte) '\n');
        if (end == to) {
            return to;
        }
        state = State.BEGINNING;
        completed++;
        return end + 1;
    }

    private int skippingCounted(int from, int to) {
        int skipped = (int) Math.min(missing, to - from);
        missing -= skipped;
        if (missing == 0) {
            state = State.BEGINNING;
            completed++;
        }
        return from + skipped;
    }

    private void keep(byte[] octets, int from, int to) {
        System.arraycopy(octets, from, kept, length, to - from);
        length += to - from;
    }

    private void done() {
        int end = trimmed(kept, 0, length);
        length = 0;
        state = State.BEGINNING;
        completed++;
        if (end > 0) {
            lines.line(kept, 0, end);
        }
    }

    /** Where the text ends: senders add line feeds, carriage returns and zeros. */
    static int trimmed(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && (octets[end - 1] == '\n' || octets[end - 1] == '\r' || octets[end - 1] == 0)) {
            end--;
        }
        return end;
    }
}
