package org.funkstille.lab.network;

import java.time.Duration;

/** Waits for things of the operating system that tell nobody when they are done. */
public final class Waiting {

    private static final Duration STEP = Duration.ofMillis(10);

    private Waiting() {}

    /** A question whose answer may change with time. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds() throws E, InterruptedException;
    }

    /** @return false where the condition did not hold in time */
    public static <E extends Exception> boolean until(Condition<E> condition, Duration patience)
            throws E, InterruptedException {
        return until(condition, patience, STEP);
    }

    /** @param step how long to wait before the condition is looked at again, for conditions that cost something */
    public static <E extends Exception> boolean until(Condition<E> condition, Duration patience, Duration step)
            throws E, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(step);
        }
        return true;
    }
}
