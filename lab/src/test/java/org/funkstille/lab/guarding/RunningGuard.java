package org.funkstille.lab.guarding;

import java.time.Duration;
import java.util.Optional;
import org.funkstille.guard.Guard;
import org.funkstille.guard.GuardEvent;
import org.funkstille.guard.GuardJournal;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.JournalWriter;
import org.jspecify.annotations.Nullable;

/** A guard on a thread of its own, with its journal and what it said. */
final class RunningGuard implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration ENDING = Duration.ofSeconds(15);

    private final Installation installation;
    private final Seen seen = new Seen();
    private final JournalWriter journal;
    private final Guard guard;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    private RunningGuard(Installation installation, Duration interval) {
        this.installation = installation;
        this.journal = JournalWriter.start(
                installation.state().journal(installation.home()),
                installation.home().journal(),
                Installation.CLOCK,
                notice -> seen.accept(new GuardEvent.Noted(
                        Installation.CLOCK.instant(), Optional.empty(), "journal", notice.message())),
                JournalWriter.Limits.DEFAULT);
        this.guard = new Guard(
                installation.home(),
                installation.driver(),
                installation.state(),
                journal,
                new GuardJournal(installation.state().journal(installation.home())),
                seen,
                Installation.CLOCK,
                interval);
        this.thread = Thread.ofPlatform().name("guard").unstarted(this::run);
    }

    static RunningGuard start(Installation installation, Duration interval) throws Exception {
        RunningGuard started = new RunningGuard(installation, interval);
        started.thread.start();
        boolean ready = started.guard.awaitReady(READY);
        if (!ready) {
            started.thread.join(Duration.ofSeconds(1)); // then its failure is known
        }
        Exception ended = started.failure;
        if (!ready || ended != null) {
            started.close();
            throw ended != null ? ended : new IllegalStateException("the guard was not ready in time");
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

    Installation installation() {
        return installation;
    }

    Seen seen() {
        return seen;
    }

    Guard guard() {
        return guard;
    }

    long lost() {
        return journal.lost();
    }

    /** The journal, with all that was said so far in it. */
    JournalReader journal() throws InterruptedException {
        journal.flush();
        return installation.journal();
    }

    boolean alive() {
        return thread.isAlive();
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
        if (thread.isAlive()) {
            throw new IllegalStateException("the guard did not end");
        }
    }
}
