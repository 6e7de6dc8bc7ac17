package org.funkstille.discovery.network;

import java.time.Duration;

/**
 * The moment at which a search ends, whatever is still missing then.
 *
 * @param nanos by {@link System#nanoTime()}
 */
public record Deadline(long nanos) {

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    /** Whole milliseconds, for time-outs of sockets, where 0 would mean for ever. */
    public int millisecondsAtLeastOne() {
        return Math.clamp(remaining().toMillis(), 1, Integer.MAX_VALUE);
    }

    public boolean passed() {
        return remaining().isZero();
    }

    /** The earlier of this one and the end of a duration from now. */
    public Deadline orIn(Duration duration) {
        Deadline other = in(duration);
        return other.nanos - nanos < 0 ? other : this;
    }
}
