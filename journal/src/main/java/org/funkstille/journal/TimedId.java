package org.funkstille.journal;

import java.time.Instant;

/**
 * Row numbers that carry a time, so that no index by time is needed and old rows are one range: milliseconds since 1970,
 * then 20 bits that tell rows of one millisecond apart.
 *
 * <p>Row numbers only grow, because those who follow the journal ask for what came after the last they saw. A row whose
 * event is older than its forerunner therefore gets a later number, and says in a column of its own how late it is: the
 * event's time is {@code (id >> 20) - late}.
 */
final class TimedId {

    private static final int SEQUENCE_BITS = 20;

    /** The year 2248; what claims to be later is garbage. Queries cap their ends at one more. */
    private static final long LATEST = (1L << (63 - SEQUENCE_BITS)) - 2;

    private TimedId() {}

    /** Milliseconds since 1970, within what a row number can carry. */
    static long millis(Instant at) {
        if (at.getEpochSecond() < 0) {
            return 0;
        }
        return at.getEpochSecond() >= LATEST / 1000 ? LATEST : at.toEpochMilli();
    }

    static long millis(long id) {
        return id >> SEQUENCE_BITS;
    }

    /** The lowest number that a row of this time can have. */
    static long first(long millis) {
        return Math.clamp(millis, 0, LATEST) << SEQUENCE_BITS;
    }

    /** The number of a row that follows {@code last}. */
    static long next(long last, long millis) {
        return Math.max(last + 1, first(millis));
    }
}
