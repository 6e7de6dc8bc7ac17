package org.funkstille.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.guard.Guard;
import org.funkstille.guard.GuardEvent;
import org.funkstille.guard.GuardJournal;
import org.funkstille.journal.JournalWriter;
import org.jspecify.annotations.Nullable;

/** A guard on a thread of its own, with its journal; closing it ends both. */
final class GuardThread implements AutoCloseable {

    private static final Duration ENDING = Duration.ofSeconds(15);

    private final Guard guard;
    private final JournalWriter journal;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    private GuardThread(Guard guard, JournalWriter journal) {
        this.guard = guard;
        this.journal = journal;
        this.thread = Thread.ofPlatform().name("guard").unstarted(this::run);
    }

    static GuardThread start(Session session, Duration interval, Consumer<GuardEvent> events) throws Exception {
        JournalWriter journal = JournalWriter.start(
                session.state().journal(session.home()),
                session.home().journal(),
                session.clock(),
                notice -> events.accept(
                        new GuardEvent.Noted(session.clock().instant(), Optional.empty(), "journal", notice.message())),
                JournalWriter.Limits.DEFAULT);
        Guard guard = new Guard(
                session.home(),
                session.driver(),
                session.state(),
                journal,
                new GuardJournal(session.state().journal(session.home())),
                events,
                session.clock(),
                interval);
        GuardThread started = new GuardThread(guard, journal);
        started.thread.start();
        if (!guard.awaitReady(Duration.ofSeconds(30))) {
            started.thread.join(Duration.ofSeconds(1)); // its failure, if it has one, is known when it is over
        }
        try {
            started.throwIfEnded();
        } catch (Exception ended) {
            started.close();
            throw ended;
        }
        return started;
    }

    private void run() {
        try {
            guard.run();
        } catch (Exception ended) {
            failure = ended;
        }
    }

    /** The guard ends by itself only where it cannot begin. */
    void throwIfEnded() throws Exception {
        Exception ended = failure;
        if (ended != null) {
            throw ended;
        }
    }

    @Override
    public void close() {
        guard.stop();
        try {
            thread.join(ENDING);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
