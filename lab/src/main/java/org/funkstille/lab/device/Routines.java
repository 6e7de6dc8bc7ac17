package org.funkstille.lab.device;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a device does again and again, whatever comes of it. All of it can be made to pause. The threads are of the
 * platform: they wait for threads that stand in the device's namespace, and one of those, when it wakes a virtual thread,
 * may have to make a carrier for it, which would stand in that namespace from then on.
 */
final class Routines implements AutoCloseable {

    /** One turn. It may fail; the next comes all the same. */
    @FunctionalInterface
    interface Turn {
        void take() throws IOException, InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean paused;

    /** @param between the time from the end of one turn to the next */
    void repeat(Duration between, Turn turn) {
        Thread thread = Thread.ofPlatform().daemon().name("lab routine").start(() -> run(between, turn));
        lock.lock();
        try {
            threads.add(thread);
        } finally {
            lock.unlock();
        }
    }

    private void run(Duration between, Turn turn) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                awaitResumed();
                takeOne(turn);
                Thread.sleep(between);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeOne(Turn turn) throws InterruptedException {
        try {
            turn.take();
        } catch (IOException refusedOrUnanswered) {
            // the device does not mind, and tries again
        }
    }

    private void awaitResumed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        lock.lock();
        try {
            paused = false;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A turn that lasts should look, and end. */
    boolean paused() {
        return paused;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }
}
