package org.funkstille.guard;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.Change;
import org.funkstille.core.router.Observation;
import org.funkstille.core.verdict.DeviceEvidence;
import org.funkstille.core.verdict.Judge;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.CanaryResult;
import org.funkstille.journal.Coverage;
import org.funkstille.journal.JournalEntry;
import org.funkstille.journal.JournalWriter;
import org.funkstille.proof.read.Format;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/**
 * Guards one router until it is told to stop: at an interval, and at once when something changes, it observes, repairs
 * what differs, reads back, and judges every device.
 *
 * <p>What it cannot do (the router is away, the journal is broken) it says, and tries again; it ends only when told to.
 */
public final class Guard {

    private static final Duration CANARY_INTERVAL = Duration.ofSeconds(60);
    private static final Duration CANARY_PATIENCE = Duration.ofSeconds(2);
    /** Damaged rules wait so long at most to be repaired. */
    private static final Duration PROOF_PATIENCE = Duration.ofSeconds(1);

    /** Of a router that does not tell of changes, nobody knows that somebody opened a window. */
    private static final Duration UNTOLD = Duration.ofSeconds(15);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(30);

    private final Home home;
    private final RouterDriver driver;
    private final StateFolder state;
    private final JournalWriter journal;
    private final Consumer<GuardEvent> events;
    private final Clock clock;
    private final Duration interval;

    private final Attribution attribution;
    private final PatientProving proving;
    private final Verification verification;
    private final Enforcement enforcement;
    private final CanaryCheck canaryCheck;
    private final Silences silences = new Silences();
    private final WindowFollower windows;
    private final Wake wake = new Wake();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final VerdictBook book;
    private final ProofBook proofs;
    private final Set<String> troubles = new HashSet<>();

    private Optional<DeviceEvidence.Canary> canary = Optional.empty();
    private Optional<Instant> canarySent = Optional.empty();
    private Optional<RouterException> hopeless = Optional.empty();
    private boolean observedBefore;
    private volatile boolean over;

    /**
     * @param records the windows that the journal knows
     * @param events told of what happens, on several threads; must not wait
     * @param interval how long to wait when nothing changes
     */
    public Guard(
            Home home,
            RouterDriver driver,
            StateFolder state,
            JournalWriter journal,
            GuardJournal records,
            Consumer<GuardEvent> events,
            Clock clock,
            Duration interval) {
        this.home = home;
        this.driver = driver;
        this.state = state;
        this.journal = journal;
        this.events = events;
        this.clock = clock;
        this.interval = interval;
        this.attribution = new Attribution(home);
        this.proving = new PatientProving(
                home, new Proving(home, format -> Format.of(format).map(Format::reader)), PROOF_PATIENCE, wake::now);
        this.verification = new Verification(home, driver, attribution, proving);
        this.enforcement = new Enforcement(home, driver);
        this.canaryCheck = new CanaryCheck(driver, clock);
        this.book = new VerdictBook(journal, events);
        this.proofs = new ProofBook(journal, events);
        this.windows =
                new WindowFollower(home, driver, records, journal, silences, text -> note("window", text), clock);
    }

    /**
     * Guards until {@link #stop}.
     *
     * @throws FileLock.Taken where another Funkstille guards this router
     * @throws RouterException where it turned out at once that we may not do this, or that a program is missing: waiting
     *     would not help
     */
    public void run() throws FileLock.Taken, RouterException, IOException, InterruptedException {
        String what = "router " + home.routers().getFirst().name() + " is already guarded";
        try (FileLock _ = FileLock.acquire(state.guardLock(home), what, Duration.ZERO)) {
            while (!wake.stopped()) {
                Optional<String> end = listenAndGuard();
                end.ifPresent(this::trouble);
                if (end.isPresent()) {
                    wake.await(Duration.ofSeconds(5));
                }
            }
            if (hopeless.isPresent()) {
                throw hopeless.get();
            }
        } finally {
            proving.close();
            over = true;
            ready.countDown();
        }
    }

    /** Ends {@link #run} after the cycle that it is in. The rules stay in force. */
    public void stop() {
        wake.stop();
    }

    /** Waits until the rules stand, or it was said why not; verdicts follow. False: {@link #run} is over. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !over;
    }

    /** Looks at once. */
    public void look(String reason) {
        wake.now(reason);
    }

    /** @return why listening ended; nothing where the guard was told to stop */
    private Optional<String> listenAndGuard() throws InterruptedException {
        Watch watch = new Watch(attribution, driver.canary(), clock, sink(), this::heard, wake::now);
        Instant began = clock.instant();
        try (Listeners _ = Listeners.start(driver.evidence(), watch, clock)) {
            while (!wake.stopped() && !watch.anyEnded()) {
                cycle(watch, Optional.of(began));
                ready.countDown();
                wake.await(untilNextLook());
            }
            return wake.stopped() ? Optional.empty() : deaf(watch, "a listener ended; starting it again");
        } catch (RouterException failed) {
            return deaf(watch, String.valueOf(failed.getMessage()));
        } catch (Listeners.Taken taken) {
            return deaf(watch, "somebody else listens to refused packets: " + taken.getMessage());
        }
    }

    /** At the latest when a window closes, or when the time of a rule comes that a proof rests on. */
    private Duration untilNextLook() {
        Stream<Duration> proof = proving.holdsUntil().stream()
                .map(until -> Duration.between(clock.instant(), until))
                .map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
        boolean told = driver.evidence().sources().contains(EvidenceSource.RULES);
        Duration usual = told || interval.compareTo(UNTOLD) < 0 ? interval : UNTOLD;
        return Stream.of(Stream.of(usual), windows.untilNextEnd().stream(), proof)
                .flatMap(waits -> waits)
                .min(Duration::compareTo)
                .orElse(usual);
    }

    /** A guard that cannot listen still keeps the rules as they should be, and takes back what it said of silence. */
    private Optional<String> deaf(Watch watch, String reason) throws InterruptedException {
        canary = Optional.empty();
        cycle(watch, Optional.empty());
        ready.countDown();
        return Optional.of(reason);
    }

    private Watch.Sink sink() {
        return new Watch.Sink() {
            @Override
            public void attempt(Attempt attempt) {
                journal.add(attempt);
            }

            @Override
            public void entry(JournalEntry entry) {
                journal.add(entry);
            }
        };
    }

    private void heard(GuardEvent event) {
        if (event instanceof GuardEvent.Passed(Flow flow)) {
            home.device(flow.device())
                    .filter(device -> attribution.isForbidden(device, flow.destination()))
                    .ifPresent(device -> silences.passed(flow));
        }
        events.accept(event);
    }

    /** @param listeningSince absent: nobody listens */
    private void cycle(Watch watch, Optional<Instant> listeningSince) throws InterruptedException {
        try (FileLock _ = FileLock.acquire(state.changeLock(home), "the router is being changed", CHANGE_PATIENCE)) {
            wake.settle();
            Enforcement.Outcome outcome = enforce();
            windows.follow(outcome.after());
            if (listeningSince.isEmpty()) {
                judge(outcome.after(), watch, listeningSince);
                return;
            }
            sendCanary(watch);
            cover(watch, listeningSince.get());
            judge(outcome.after(), watch, listeningSince);
            recovered();
        } catch (RouterException.NotPermitted | RouterException.ToolMissing failed) {
            if (!observedBefore) {
                hopeless = Optional.of(failed);
                wake.stop();
            }
            unreadable(String.valueOf(failed.getMessage()));
        } catch (RouterException | IOException | FileLock.Taken failed) {
            unreadable(String.valueOf(failed.getMessage()));
        }
    }

    private Enforcement.Outcome enforce() throws RouterException {
        Observation before = driver.observe();
        attribution.learn(before);
        Enforcement.Outcome outcome = enforcement.enforce(before, change -> {
            note(observedBefore ? "drift" : "change", change.describe());
            GuardJournal.silencedBy(change).forEach(this::silenced);
            if (change instanceof Change.CloseWindow(String device)) {
                windows.closedByGuard(device);
            }
        });
        // Where the rules stood already: what passed before anybody listened is not known, from here on it is.
        home.devices().stream()
                .filter(Device::restricted)
                .forEach(device -> silences.beginUnlessBegun(device.name(), clock.instant()));
        if (!observedBefore) {
            enforcement.cutLeftovers(outcome.after());
        }
        observedBefore = true;
        return outcome;
    }

    private void silenced(String device) {
        org.funkstille.journal.Change beginning = GuardJournal.silenced(device, clock.instant());
        silences.begin(device, beginning.at());
        journal.add(beginning);
    }

    private void sendCanary(Watch watch) throws RouterException, InterruptedException {
        Instant now = clock.instant();
        boolean due = canarySent
                .filter(sent -> sent.isAfter(now.minus(CANARY_INTERVAL)))
                .isEmpty();
        boolean well = canary.map(DeviceEvidence.Canary::seen)
                .orElseGet(() -> driver.canary().isEmpty());
        if (!due && well) {
            return;
        }
        canarySent = Optional.of(now);
        canary = canaryCheck.check(sent -> watch.awaitCanary(sent, CANARY_PATIENCE));
        if (canary.filter(checked -> !checked.seen()).isPresent()) {
            journal.add(new CanaryResult(now, false, "sent, and its refusal was not seen"));
        }
    }

    private void judge(Observation observed, Watch watch, Optional<Instant> since)
            throws RouterException, InterruptedException {
        // The rules stand. What can be proved of them may take longer.
        ready.countDown();
        Instant now = clock.instant();
        WatchReport report = new WatchReport(
                since.filter(awake -> watch.endOf(EvidenceSource.FLOWS).isEmpty()),
                watch.lost(EvidenceSource.FLOWS),
                silences.leaks(),
                canary);
        List<Verdict> verdicts = verification.judge(observed, report, now);
        proofs.enter(verdicts, proving.takeChanges());
        book.enter(verdicts);
    }

    /** What was true of a router that cannot be read is not known to be true still. */
    private void unreadable(String reason) {
        Instant now = clock.instant();
        book.enter(home.devices().stream()
                .map(device -> Judge.unreadable(device, reason, now))
                .toList());
        trouble(reason);
    }

    private void cover(Watch watch, Instant since) {
        Instant now = clock.instant();
        for (EvidenceSource source : driver.evidence().sources()) {
            if (watch.endOf(source).isEmpty()) {
                journal.add(new Coverage(source, since, now, watch.lost(source)));
            }
        }
    }

    private void note(String kind, String text) {
        Instant now = clock.instant();
        journal.add(new org.funkstille.journal.Change(now, Optional.empty(), kind, text));
        events.accept(new GuardEvent.Noted(now, Optional.empty(), kind, text));
    }

    /** Said once, until it is over. */
    private void trouble(String text) {
        if (troubles.add(text)) {
            note("trouble", text);
        }
    }

    private void recovered() {
        if (!troubles.isEmpty()) {
            troubles.clear();
            note("trouble", "over; the router answers as it should");
        }
    }
}
