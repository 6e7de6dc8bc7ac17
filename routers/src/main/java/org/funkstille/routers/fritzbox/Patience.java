package org.funkstille.routers.fritzbox;

import java.time.Duration;
import org.funkstille.routers.RouterException;

/**
 * How long we wait for what the box does by and by.
 *
 * @param whole the box takes seconds to lock; a public client waits 30 s for it
 * @param between between two questions
 */
record Patience(Duration whole, Duration between) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofMillis(300));

    interface Question {

        boolean answered() throws RouterException;
    }

    /** @return false where it did not come about in time */
    boolean await(Question question) throws RouterException {
        long end = System.nanoTime() + whole.toNanos();
        while (!question.answered()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                Thread.sleep(between);
            } catch (InterruptedException inAHurry) {
                Thread.currentThread().interrupt();
                throw new RouterException.Unreachable("interrupted while the FRITZ!Box was changing a lock", inAHurry);
            }
        }
        return true;
    }
}
