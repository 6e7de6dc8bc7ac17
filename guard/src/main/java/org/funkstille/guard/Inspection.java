package org.funkstille.guard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.DeviceEvidence;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.Coverage;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalEntry;
import org.funkstille.journal.JournalException;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.WindowRecord;
import org.funkstille.proof.read.Format;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/**
 * Judges every device once, without guarding. Where a guard runs, it has listened, and its journal is asked; where none
 * does, this listens itself, for a short while, and says for how short.
 */
public final class Inspection {

    private static final Duration CANARY_PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** The guard extends its coverage in every cycle; one that is older than this is over. */
    private static final Duration COVERAGE_HOLDS = Duration.ofMinutes(2);

    private static final int MOST_FLOWS = 100;
    private static final int MOST_CHANGES = 1000;

    private final Home home;
    private final RouterDriver driver;
    private final StateFolder state;
    private final Clock clock;

    public Inspection(Home home, RouterDriver driver, StateFolder state, Clock clock) {
        this.home = home;
        this.driver = driver;
        this.state = state;
        this.clock = clock;
    }

    /** @param listening how long to listen where no guard does */
    public List<Verdict> inspect(Duration listening) throws RouterException, InterruptedException {
        Attribution attribution = new Attribution(home);
        Observation observation = driver.observe();
        attribution.learn(observation);
        WatchReport report = guardRuns() ? askGuard(attribution) : listen(attribution, listening);
        Observation now = driver.observe();
        return new Verification(
                        home,
                        driver,
                        attribution,
                        new Proving(home, format -> Format.of(format).map(Format::reader)))
                .judge(now, report, clock.instant());
    }

    private boolean forbidden(Attribution attribution, Flow flow) {
        return home.device(flow.device())
                .filter(device -> attribution.isForbidden(device, flow.destination()))
                .isPresent();
    }

    /** True where a guard runs for this home's router. */
    public boolean guardRuns() {
        try {
            return FileLock.isTaken(state.guardLock(home));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private WatchReport listen(Attribution attribution, Duration listening)
            throws RouterException, InterruptedException {
        Silences silences = new Silences();
        Wake wake = new Wake();
        Consumer<GuardEvent> heard = event -> {
            if (event instanceof GuardEvent.Passed(Flow flow) && forbidden(attribution, flow)) {
                silences.passed(flow);
            }
        };
        Watch watch = new Watch(attribution, driver.canary(), clock, new Nowhere(), heard, wake::now);
        Instant began = clock.instant();
        try (Listeners _ = Listeners.start(driver.evidence(), watch, clock)) {
            home.devices().stream()
                    .filter(Device::restricted)
                    .forEach(device -> silences.begin(device.name(), began.minusMillis(1)));
            Optional<DeviceEvidence.Canary> canary =
                    new CanaryCheck(driver, clock).check(sent -> watch.awaitCanary(sent, CANARY_PATIENCE));
            wake.await(listening.minus(Duration.between(began, clock.instant())));
            return new WatchReport(
                    watch.endOf(EvidenceSource.FLOWS).isPresent() ? Optional.empty() : Optional.of(began),
                    watch.lost(EvidenceSource.FLOWS),
                    silences.leaks(),
                    canary);
        } catch (Listeners.Taken somebodyElse) {
            return WatchReport.NOBODY_LISTENS;
        }
    }

    /** The guard sees our canary and writes that into its journal. */
    private WatchReport askGuard(Attribution attribution) throws RouterException, InterruptedException {
        JournalReader journal = Journal.openForReading(state.journal(home));
        try {
            Optional<DeviceEvidence.Canary> canary =
                    new CanaryCheck(driver, clock).check(sent -> awaitCanary(journal, sent));
            Instant now = clock.instant();
            Optional<Coverage> coverage = journal.coverage(now.minus(COVERAGE_HOLDS)).stream()
                    .filter(one -> one.source() == EvidenceSource.FLOWS)
                    .max(Comparator.comparing(Coverage::until));
            if (coverage.isEmpty()) {
                return new WatchReport(Optional.empty(), 0, Map.of(), canary);
            }
            Instant since = coverage.get().from();
            return new WatchReport(
                    Optional.of(since), coverage.get().lost(), passed(journal, attribution, since, now), canary);
        } catch (JournalException unreadable) {
            return WatchReport.NOBODY_LISTENS;
        }
    }

    private static boolean awaitCanary(JournalReader journal, Instant sent) {
        long limit = System.nanoTime() + CANARY_PATIENCE.toNanos();
        while (System.nanoTime() < limit) {
            boolean seen = journal.lastCanary()
                    .filter(result -> result.ok() && !result.at().isBefore(sent))
                    .isPresent();
            if (seen) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private Map<String, List<Flow>> passed(JournalReader journal, Attribution attribution, Instant since, Instant now) {
        Map<String, List<Flow>> passed = new HashMap<>();
        for (Device device : home.devices()) {
            if (device.restricted()) {
                Instant from = silentSince(journal, device.name(), since);
                List<Flow> flows = journal.flows(device.name(), from, now, true, MOST_FLOWS).stream()
                        .filter(flow -> flow.began().isAfter(from) && forbidden(attribution, flow))
                        .toList();
                if (!flows.isEmpty()) {
                    passed.put(device.name(), flows);
                }
            }
        }
        return passed;
    }

    /** The latest of: listening began, its rules were laid, its window closed. */
    private static Instant silentSince(JournalReader journal, String device, Instant listening) {
        Instant since = listening;
        for (org.funkstille.journal.Change change : journal.changes(listening, MOST_CHANGES)) {
            boolean its = change.device().filter(device::equals).isPresent();
            if (its
                    && change.kind().equals(GuardJournal.SILENCED)
                    && change.at().isAfter(since)) {
                since = change.at();
            }
        }
        for (WindowRecord window : journal.windows(MOST_CHANGES)) {
            if (window.device().equals(device)) {
                Instant end = window.closed().orElse(window.until()).plus(Silences.GRACE);
                since = end.isAfter(since) ? end : since;
            }
        }
        return since;
    }

    /** A short look leaves nothing behind. */
    private static final class Nowhere implements Watch.Sink {

        @Override
        public void attempt(Attempt attempt) {
            // not kept
        }

        @Override
        public void entry(JournalEntry entry) {
            // not kept
        }
    }
}
