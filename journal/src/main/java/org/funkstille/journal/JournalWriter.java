package org.funkstille.journal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.model.JournalSettings;
import org.jspecify.annotations.Nullable;

/**
 * The guard's way into the journal: takes events without waiting and without ever throwing, and writes them on a thread
 * of its own, in batches. Attempts at one destination within one interval become one row with their number.
 *
 * <p>What finds no room, because the disk is full, broken or too slow, is counted, and the count is itself written once
 * that is possible. Trouble is told to a listener, on the writer's thread. From time to time the file is opened again.
 */
public final class JournalWriter implements AutoCloseable {

    /**
     * @param interval the longest time that an event waits to be written
     * @param retry how long to wait after trouble before the next try
     * @param attempts different device-and-destination pairs that may wait; at half of it writing begins early
     * @param entries other entries that may wait
     */
    public record Limits(Duration interval, Duration retry, int attempts, int entries) {
        public static final Limits DEFAULT = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(30), 8_192, 8_192);
    }

    private static final long TIDY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Short enough that the inbox does not run over meanwhile. */
    private static final Duration TIDY_BUDGET = Duration.ofMillis(50);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private final Clock clock;
    private final Limits limits;
    private final LastingJournal journal;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All below: only with the lock held.
    private final Inbox inbox;
    private @Nullable Batch unwritten;
    private long flushesWanted;
    private long flushesDone;
    private boolean lastKept;
    private boolean closing;
    private boolean ended;
    private long nextWrite = System.nanoTime();
    private long nextTidy = nextWrite;
    private boolean healthy;

    private JournalWriter(
            Path file, JournalSettings settings, Clock clock, Consumer<JournalNotice> listener, Limits limits) {
        this.clock = clock;
        this.limits = limits;
        this.inbox = new Inbox(limits.attempts, limits.entries);
        this.journal = new LastingJournal(file, settings, clock, listener, this::lost);
        this.thread = Thread.ofPlatform().daemon().name("journal").unstarted(this::run);
    }

    /** @param listener told of trouble with the journal, and of its end */
    public static JournalWriter start(
            Path file, JournalSettings settings, Clock clock, Consumer<JournalNotice> listener, Limits limits) {
        JournalWriter writer = new JournalWriter(file, settings, clock, listener, limits);
        writer.thread.start();
        return writer;
    }

    public void add(Attempt attempt) {
        lock.lock();
        try {
            inbox.add(attempt);
            signalIfHalfFull();
        } finally {
            lock.unlock();
        }
    }

    public void add(JournalEntry entry) {
        lock.lock();
        try {
            inbox.add(entry);
            signalIfHalfFull();
        } finally {
            lock.unlock();
        }
    }

    /** Events that are not in the journal and never will be: refused packets, and other entries. */
    public long lost() {
        lock.lock();
        try {
            return inbox.lost();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes now, and tries now if there was trouble before.
     *
     * @return true where all that was added before this call is on disk; false where it still waits or was left out
     */
    public boolean flush() throws InterruptedException {
        lock.lock();
        try {
            long ticket = ++flushesWanted;
            changed.signalAll();
            while (flushesDone < ticket && !ended) {
                changed.await();
            }
            return flushesDone >= ticket && lastKept;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, if that can be done now, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(LONGEST_CLOSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                Batch batch = awaitBatch();
                LastingJournal.Outcome outcome = batch.isEmpty() && journal.isOpen() && !isFlushWanted()
                        ? LastingJournal.Outcome.KEPT
                        : journal.write(batch);
                last = settle(batch, outcome);
                if (!last) {
                    tidyIfDue();
                }
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        } finally {
            journal.close();
            lock.lock();
            try {
                ended = true;
                inbox.close(clock.instant());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private Batch awaitBatch() throws InterruptedException {
        lock.lock();
        try {
            long remaining = nanosUntilWork();
            while (remaining > 0) {
                changed.awaitNanos(remaining);
                remaining = nanosUntilWork();
            }
            Batch batch = unwritten;
            if (batch == null) {
                batch = inbox.take(clock.instant(), flushesWanted);
                unwritten = batch;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private long nanosUntilWork() {
        if (closing || flushesWanted > flushesDone || (healthy && inbox.isHalfFull())) {
            return 0;
        }
        return Math.min(nextWrite, healthy ? nextTidy : nextWrite) - System.nanoTime();
    }

    /** @return true where this was the last batch */
    private boolean settle(Batch batch, LastingJournal.Outcome outcome) {
        lock.lock();
        try {
            boolean later = outcome == LastingJournal.Outcome.LATER;
            if (outcome == LastingJournal.Outcome.LEFT_OUT || (later && closing)) {
                inbox.giveUp(batch);
            }
            unwritten = later && !closing ? batch : null;
            healthy = !later;
            lastKept = outcome == LastingJournal.Outcome.KEPT;
            flushesDone = later ? flushesWanted : batch.ticket();
            nextWrite = System.nanoTime() + (later ? limits.retry : limits.interval).toNanos();
            changed.signalAll();
            return closing && (later || inbox.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private boolean isFlushWanted() {
        lock.lock();
        try {
            return flushesWanted > flushesDone;
        } finally {
            lock.unlock();
        }
    }

    private void tidyIfDue() {
        lock.lock();
        try {
            if (!healthy || System.nanoTime() < nextTidy) {
                return;
            }
        } finally {
            lock.unlock();
        }
        boolean more = journal.tidy(TIDY_BUDGET);
        lock.lock();
        try {
            nextTidy = System.nanoTime() + (more ? 0 : TIDY_NANOS);
        } finally {
            lock.unlock();
        }
    }

    private void signalIfHalfFull() {
        if (inbox.isHalfFull()) {
            changed.signalAll();
        }
    }
}
