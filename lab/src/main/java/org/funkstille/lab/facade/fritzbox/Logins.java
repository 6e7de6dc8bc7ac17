package org.funkstille.lab.facade.fritzbox;

import java.time.Duration;
import java.time.Instant;

/**
 * Wrong logins, whatever the way they came. Each locks everybody out for a while, also whoever knows the password; the
 * next one for twice as long.
 */
final class Logins {

    private final BoxClock clock;
    private final Duration firstBlock;
    private Duration nextBlock;
    private Instant blockedUntil = Instant.MIN;
    private int failures;

    Logins(BoxClock clock, Duration firstBlock) {
        this.clock = clock;
        this.firstBlock = firstBlock;
        this.nextBlock = firstBlock;
    }

    /** One that comes while everybody is locked out is counted, but does not make the time longer. */
    void failed() {
        failures++;
        if (!blocked()) {
            blockedUntil = clock.instant().plus(nextBlock);
            nextBlock = nextBlock.multipliedBy(2);
        }
    }

    void succeeded() {
        nextBlock = firstBlock;
    }

    boolean blocked() {
        return clock.instant().isBefore(blockedUntil);
    }

    /** What is left of it, at least one second; 0: nobody is locked out. */
    long blockSeconds() {
        return blocked()
                ? Math.max(1, Duration.between(clock.instant(), blockedUntil).toSeconds())
                : 0;
    }

    int failures() {
        return failures;
    }

    void restart() {
        blockedUntil = Instant.MIN;
        nextBlock = firstBlock;
    }
}
