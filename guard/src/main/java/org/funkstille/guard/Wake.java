package org.funkstille.guard;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the guard sleep until there is something to look at. A burst of reasons (a router reload sends hundreds) is one
 * look.
 */
final class Wake {

    /** After the first reason, how long to wait for the rest of the burst. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean stopped;

    /** @param reason for whoever reads a thread dump or a debugger */
    void now(String reason) {
        System.getLogger("funkstille.guard").log(System.Logger.Level.DEBUG, "looking: {0}", reason);
        lock.lock();
        try {
            wanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** What was wanted until now is about to be done. */
    void settle() {
        lock.lock();
        try {
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when somebody wants a look, when told to stop, or after this time. */
    void await(Duration longest) throws InterruptedException {
        long nanos = longest.toNanos();
        lock.lock();
        try {
            while (!wanted && !stopped && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            long burst = BURST_NANOS;
            while (wanted && !stopped && burst > 0) {
                burst = changed.awaitNanos(burst);
            }
        } finally {
            lock.unlock();
        }
    }
}
