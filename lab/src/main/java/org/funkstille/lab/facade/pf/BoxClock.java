package org.funkstille.lab.facade.pf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The clock of a simulated router: real time and an offset, so that a test can let hours pass. What a router does by
 * cron happens when its time comes, really or by {@link #advance}.
 */
public final class BoxClock implements InstantSource, AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);

    /** After a long jump only the last of these happen: a day of minutes. */
    private static final int MOST_CAUGHT_UP = 1440;

    private final ZoneId zone;
    private final List<Job> jobs = new ArrayList<>();
    private final Object running = new Object();
    private final Thread ticking;
    private volatile Duration offset = Duration.ZERO;
    private Instant seen = Instant.now();

    private record Job(Duration step, Runnable action) {}

    /** @param zone the time zone that the router is set to */
    public BoxClock(ZoneId zone) {
        this.zone = zone;
        this.ticking = Thread.ofVirtual().name("box clock").start(this::tick);
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    /** What a clock on its wall shows. */
    public ZonedDateTime now() {
        return instant().atZone(zone);
    }

    /**
     * Does something at every multiple of {@code step} since midnight UTC, which is every quarter of an hour in any zone
     * of today.
     */
    public void every(Duration step, Runnable action) {
        synchronized (running) {
            jobs.add(new Job(step, action));
        }
    }

    /** Lets time pass at once. Returns when all that was due in that time has been done, each at its own time. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back");
        }
        synchronized (running) {
            Instant end = instant().plus(time);
            catchUp(end);
            offset = Duration.between(Instant.now(), end);
        }
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                synchronized (running) {
                    catchUp(instant());
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void catchUp(Instant end) {
        for (Instant due : due(end)) {
            if (due.isAfter(instant())) {
                offset = Duration.between(Instant.now(), due);
            }
            for (Job job : jobs) {
                if (due.getEpochSecond() % job.step.toSeconds() == 0) {
                    run(job);
                }
            }
        }
        seen = end;
    }

    /** One job that fails, for example as the lab is gone, must not end the others. */
    private static void run(Job job) {
        try {
            job.action.run();
        } catch (RuntimeException failed) {
            System.err.println("a simulated router's cron: " + failed.getMessage());
        }
    }

    private List<Instant> due(Instant end) {
        List<Instant> result = new ArrayList<>();
        long finest = jobs.stream().mapToLong(job -> job.step.toSeconds()).min().orElse(Long.MAX_VALUE);
        long last = Math.floorDiv(end.getEpochSecond(), finest);
        long first = Math.max(Math.floorDiv(seen.getEpochSecond(), finest), last - MOST_CAUGHT_UP);
        for (long number = first + 1; number <= last; number++) {
            result.add(Instant.ofEpochSecond(number * finest));
        }
        return result;
    }

    @Override
    public void close() {
        ticking.interrupt();
    }
}
