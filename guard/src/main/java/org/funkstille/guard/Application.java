package org.funkstille.guard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.Change;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalEntry;
import org.funkstille.journal.JournalException;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Makes the router as the home wants it, once, on somebody's command. */
public final class Application {

    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(10);

    private final Home home;
    private final RouterDriver driver;
    private final StateFolder state;
    private final Clock clock;

    public Application(Home home, RouterDriver driver, StateFolder state, Clock clock) {
        this.home = home;
        this.driver = driver;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Observes, plans, applies, reads back.
     *
     * @param done told of each change when the router took it
     * @throws FileLock.Taken where another Funkstille is changing the router and does not finish
     */
    public Enforcement.Outcome apply(Consumer<Change> done) throws RouterException, FileLock.Taken, IOException {
        try (FileLock _ = FileLock.acquire(state.changeLock(home), "the router is being changed", CHANGE_PATIENCE)) {
            List<JournalEntry> entries = new ArrayList<>();
            Enforcement.Outcome outcome = new Enforcement(home, driver).enforce(driver.observe(), change -> {
                entries.add(new org.funkstille.journal.Change(
                        clock.instant(), Optional.empty(), "change", change.describe()));
                GuardJournal.silencedBy(change)
                        .forEach(device -> entries.add(GuardJournal.silenced(device, clock.instant())));
                done.accept(change);
            });
            record(entries);
            return outcome;
        }
    }

    private void record(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try (Journal journal = Journal.open(state.journal(home), home.journal(), clock)) {
            journal.write(List.of(), entries);
        } catch (JournalException unwritable) {
            // What was changed stands on the router; a journal that cannot be written does not undo it.
            System.getLogger("funkstille.guard").log(System.Logger.Level.WARNING, unwritable.getMessage());
        }
    }
}
