package org.funkstille.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.journal.JournalWriter;
import org.funkstille.journal.WindowRecord;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Notices windows that opened or closed, whoever did it. When one has closed, the flows that it let through are cut. */
final class WindowFollower {

    /** A window that ended this close to its time was closed by the router. */
    private static final Duration ON_TIME = Duration.ofSeconds(2);

    private final Home home;
    private final RouterDriver driver;
    private final GuardJournal records;
    private final JournalWriter journal;
    private final Silences silences;
    private final Consumer<String> note;
    private final Clock clock;

    private final Set<String> closedByGuard = new HashSet<>();
    private Map<String, OpenWindow> windows = Map.of();

    /** @param note told of what was noticed, in words for people */
    WindowFollower(
            Home home,
            RouterDriver driver,
            GuardJournal records,
            JournalWriter journal,
            Silences silences,
            Consumer<String> note,
            Clock clock) {
        this.home = home;
        this.driver = driver;
        this.records = records;
        this.journal = journal;
        this.silences = silences;
        this.note = note;
        this.clock = clock;
    }

    void follow(Observation observed) throws RouterException {
        records.recent()
                .forEach(record -> record.closed()
                        .ifPresent(closed -> silences.windowEnded(record.device(), closed.plus(Silences.GRACE))));
        Map<String, OpenWindow> now = new HashMap<>();
        observed.windows().forEach(window -> now.put(window.device(), window));
        for (OpenWindow window : now.values()) {
            silences.windowOpened(window.device());
            if (!windows.containsKey(window.device())) {
                note.accept(window.device() + ": open until " + window.until());
            }
        }
        // Also those that opened and closed while nobody guarded.
        Set<String> closed = new HashSet<>(windows.keySet());
        records.open().forEach(record -> closed.add(record.device()));
        closed.removeAll(now.keySet());
        for (String device : closed) {
            closed(device, observed);
        }
        windows = now;
    }

    /** The guard closed one itself, on a router that would have done so later or never. */
    void closedByGuard(String device) {
        closedByGuard.add(device);
    }

    private String closedBy(String device, boolean onTime) {
        if (closedByGuard.contains(device)) {
            return "guard";
        }
        return onTime ? "router" : "owner";
    }

    private void closed(String name, Observation observed) throws RouterException {
        Instant now = clock.instant();
        Optional<Device> device = home.device(name);
        if (device.isPresent()) {
            driver.cutFlows(observed.addressesOf(device.get()));
        }
        for (WindowRecord record : records.open()) {
            if (record.device().equals(name)) {
                boolean onTime = !now.isBefore(record.until().minus(ON_TIME));
                Instant at = now.isAfter(record.until()) ? record.until() : now;
                journal.add(records.close(record, at, closedBy(name, onTime)));
            }
        }
        closedByGuard.remove(name);
        silences.begin(name, now.plus(Silences.GRACE));
        note.accept(name + ": closed");
    }

    /** The end of a window is looked at when it comes; nothing where none is open. */
    Optional<Duration> untilNextEnd() {
        Instant now = clock.instant();
        return windows.values().stream()
                .map(window -> Duration.between(now, window.until()).plusMillis(300))
                .map(wait -> wait.isNegative() ? Duration.ofSeconds(1) : wait)
                .min(Duration::compareTo);
    }
}
