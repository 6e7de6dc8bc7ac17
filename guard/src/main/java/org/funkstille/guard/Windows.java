package org.funkstille.guard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.journal.DestinationTotal;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalException;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.WindowRecord;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Opens, closes and reports windows. Works with or without a guard: the router itself closes them. */
public final class Windows {

    /** Longer than any firmware update; whoever needs more has another policy in mind. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 500;

    private final Home home;
    private final RouterDriver driver;
    private final StateFolder state;
    private final Clock clock;

    public Windows(Home home, RouterDriver driver, StateFolder state, Clock clock) {
        this.home = home;
        this.driver = driver;
        this.state = state;
        this.clock = clock;
    }

    /** A window cannot be opened or reported; the message says why. */
    public static final class NotPossible extends Exception {

        private static final long serialVersionUID = 1L;

        public NotPossible(String message) {
            super(message);
        }
    }

    /**
     * A window that was opened.
     *
     * @param record absent where the journal could not be written
     */
    public record Opened(OpenWindow window, Optional<WindowRecord> record) {}

    /** What happened in a window. */
    public record Report(WindowRecord window, List<Flow> flows, List<DestinationTotal> refused) {}

    public Opened open(Device device, Duration length, String reason)
            throws NotPossible, RouterException, FileLock.Taken, IOException {
        if (!device.restricted()) {
            throw new NotPossible(device.name() + " has policy online: it needs no window");
        }
        if (length.compareTo(LONGEST) > 0) {
            throw new NotPossible("a window is open for at most 24 hours; for longer, change the policy");
        }
        try (FileLock _ = FileLock.acquire(state.changeLock(home), "the router is being changed", CHANGE_PATIENCE)) {
            Observation before = driver.observe();
            boolean ruled =
                    before.rules().stream().anyMatch(rules -> rules.device().equals(device.name()));
            if (!ruled) {
                throw new NotPossible(device.name() + " is not silenced yet; run \"funkstille apply\" first");
            }
            Instant opened = clock.instant();
            driver.openWindow(device, length);
            OpenWindow window = driver.observe()
                    .windowOf(device.name())
                    .orElseThrow(() -> new RouterException.ReadBackDiffers(List.of("the window is not open")));
            return new Opened(window, record(device, opened, window.until(), reason));
        }
    }

    private Optional<WindowRecord> record(Device device, Instant opened, Instant until, String reason) {
        try (Journal journal = Journal.open(state.journal(home), home.journal(), clock)) {
            return Optional.of(journal.openWindow(device.name(), opened, until, reason));
        } catch (JournalException unwritable) {
            return Optional.empty();
        }
    }

    /** @return flows that were cut */
    public int close(Device device) throws RouterException, FileLock.Taken, IOException {
        try (FileLock _ = FileLock.acquire(state.changeLock(home), "the router is being changed", CHANGE_PATIENCE)) {
            driver.closeWindow(device.name());
            Observation after = driver.observe();
            if (after.windowOf(device.name()).isPresent()) {
                throw new RouterException.ReadBackDiffers(List.of("the window is still open"));
            }
            int cut = driver.cutFlows(after.addressesOf(device));
            recordEnd(device);
            return cut;
        }
    }

    private void recordEnd(Device device) {
        Instant now = clock.instant();
        try (Journal journal = Journal.open(state.journal(home), home.journal(), clock)) {
            List<WindowRecord> open = journal.reader().windows(MOST).stream()
                    .filter(record -> record.device().equals(device.name()))
                    .filter(record -> record.closed().isEmpty())
                    .toList();
            GuardJournal records = new GuardJournal(state.journal(home));
            journal.write(
                    List.of(),
                    open.stream()
                            .map(record -> records.close(record, now, "owner"))
                            .toList());
        } catch (JournalException unwritable) {
            // The window is closed, which is what counts.
        }
    }

    /** Newest first; those that the journal knows. */
    public List<WindowRecord> list() {
        try {
            return Journal.openForReading(state.journal(home)).windows(MOST);
        } catch (JournalException unreadable) {
            return List.of();
        }
    }

    public Report report(long id) throws NotPossible {
        try {
            JournalReader journal = Journal.openForReading(state.journal(home));
            WindowRecord window = journal.window(id)
                    .orElseThrow(
                            () -> new NotPossible("there is no window " + id + "; see \"funkstille window list\""));
            Instant end = window.closed().orElse(window.until());
            return new Report(
                    window,
                    journal.flows(window.device(), window.opened(), end, true, MOST),
                    journal.topDestinations(window.opened(), end, Optional.of(window.device()), MOST));
        } catch (JournalException unreadable) {
            throw new NotPossible(String.valueOf(unreadable.getMessage()));
        }
    }
}
