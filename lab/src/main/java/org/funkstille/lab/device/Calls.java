package org.funkstille.lab.device;

import java.util.concurrent.atomic.AtomicLong;

/** Counts a device's calls to its cloud. */
final class Calls {

    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();

    void attempted() {
        attempts.incrementAndGet();
    }

    void answered() {
        answers.incrementAndGet();
    }

    CallCount count() {
        return new CallCount(attempts.get(), answers.get());
    }
}
