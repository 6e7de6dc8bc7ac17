package org.funkstille.lab.facade.fritzbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that the box has: real time, and what a test let pass. */
public final class BoxClock implements InstantSource {

    private final Runnable cron;
    private volatile Duration ahead = Duration.ZERO;

    BoxClock(Runnable cron) {
        this.cron = cron;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    /** Lets time pass on the box, and what it does now and then happen. */
    public void advance(Duration time) {
        ahead = ahead.plus(time);
        cron.run();
    }
}
