package org.funkstille.routers.pfsense;

import java.time.Duration;
import org.funkstille.routers.RouterException;

/** Waits. */
final class Pause {

    private Pause() {}

    static void of(Duration length) throws RouterException {
        try {
            Thread.sleep(length);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
            throw new RouterException.Unreachable("interrupted while the router was being changed", inAHurry);
        }
    }

    /** @param moment as {@link System#nanoTime} counts */
    static void until(long moment) throws RouterException {
        long left = moment - System.nanoTime();
        if (left > 0) {
            of(Duration.ofNanos(left));
        }
    }
}
