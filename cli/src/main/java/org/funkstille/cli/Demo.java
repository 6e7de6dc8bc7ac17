package org.funkstille.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.funkstille.core.config.Quantities;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.plan.Change;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Application;
import org.funkstille.guard.Inspection;
import org.funkstille.guard.Windows;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.RouterIdentity;

/** Plays the story of a silenced gateway in a lab that is up: before, three steps, after, a window. */
final class Demo {

    private static final String DEVICE = "aqara-gateway";
    private static final String BLOCK = "block: whatever it sends out of the house, IPv4 and IPv6";
    private static final Duration LOOKING = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Whole seconds: the end as the router tells it may be a little early; and a poll of its states may be due. */
    private static final Duration AFTER_A_WINDOW = Duration.ofMillis(1600);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GUARD_INTERVAL = Duration.ofSeconds(10);

    private final Lab lab;
    private final SimulatedRouter router;
    private final Session session;
    private final RouterIdentity identity;
    private final Output output;
    private final DemoTally tally = new DemoTally(DEVICE);
    private final Device device;

    Demo(Lab lab, SimulatedRouter router, Output output) throws Exception {
        this.lab = lab;
        this.router = router;
        this.output = output;
        Path yaml = Files.writeString(lab.directory().resolve("funkstille.yaml"), router.homeYaml());
        HomeFile file = HomeFile.find(Optional.of(yaml));
        this.session = Session.open(file, file.read());
        this.identity = session.driver().identity();
        this.device = session.device(DEVICE);
    }

    Session session() {
        return session;
    }

    DemoTally tally() {
        return tally;
    }

    List<DemoResult.Reached> before() throws Exception {
        long reports = lab.hub().reports().reports();
        pause(LOOKING);
        List<DemoResult.Reached> reached = DemoFlows.of(lab, session.home());
        output.line(output.strong("Before") + ": the gateway has reached " + reached.size()
                + " destinations outside the house:");
        for (DemoResult.Reached one : reached) {
            output.line("    %-44s %4d packets  %s"
                    .formatted(one.destination(), one.packets(), one.name().orElse("(no name was asked for)")));
        }
        output.line("    Its sensors sent the hub " + (lab.hub().reports().reports() - reports) + " reports in "
                + LOOKING.toSeconds() + " s.");
        return reached;
    }

    List<DemoResult.Step> steps() throws Exception {
        List<DemoResult.Step> steps = new ArrayList<>();
        output.line(output.strong("Three steps") + ":");
        long[] began = {System.nanoTime()};
        Home home = session.home();
        new Application(home, session.driver(), session.state(), session.clock()).apply(change -> {
            Optional<String> step = stepOf(change);
            long millis = (System.nanoTime() - began[0]) / 1_000_000;
            began[0] = System.nanoTime();
            step.ifPresent(name -> {
                steps.add(new DemoResult.Step(name, true, millis));
                output.line("    %-60s %5d ms".formatted(name, millis));
            });
        });
        lab.gateway().renewLease();
        if (await(this::isPinned)) {
            // A router that goes by address learns the new one at its next look; this is that look.
            new Application(home, session.driver(), session.state(), session.clock()).apply(change -> {});
        }
        return steps;
    }

    /** True where the router has met the device at the address that it was given. */
    private boolean isPinned() {
        try {
            return session.driver().observe().neighbours().stream()
                    .anyMatch(neighbour -> device.macs().contains(neighbour.mac())
                            && device.address().equals(Optional.of(neighbour.address())));
        } catch (RouterException unreadable) {
            return false;
        }
    }

    private Optional<String> stepOf(Change change) {
        return switch (change) {
            case Change.LayRules lay -> Optional.of(BLOCK);
            case Change.SetRules set when set.rules().device().equals(DEVICE) -> Optional.of(BLOCK);
            case Change.CutFlows cut when cut.device().equals(DEVICE) -> Optional.of("cut: the flows that were open");
            case Change.Reserve reserve
            when reserve.reservation().device().equals(DEVICE) ->
                Optional.of("pin: its address in the router's DHCP server");
            case Change.CutFlows other -> Optional.empty();
            case Change.Reserve other -> Optional.empty();
            case Change.SetRules set -> Optional.empty();
            case Change.RemoveRules remove -> Optional.empty();
            case Change.SaveRules save -> Optional.empty();
            case Change.Unreserve unreserve -> Optional.empty();
            case Change.CloseWindow close -> Optional.empty();
        };
    }

    GuardThread guard() throws Exception {
        return GuardThread.start(session, GUARD_INTERVAL, tally);
    }

    /** @param before where the device got through when nothing kept it */
    DemoResult.After after(List<DemoResult.Reached> before) throws Exception {
        Set<Endpoint> destinations =
                before.stream().map(DemoResult.Reached::destination).collect(Collectors.toSet());
        tally.countFlowsFrom(Instant.now());
        lab.cloud().clear();
        long attempts = tally.attempts();
        pause(LOOKING);
        if (tells(EvidenceSource.REFUSALS)) {
            await(() -> tally.attempts() > attempts);
        }
        long arrivals = lab.cloud().arrivals().stream()
                .filter(arrival -> destinations.contains(arrival.destination()))
                .mapToLong(Arrival::packets)
                .sum();
        DemoResult.After after = new DemoResult.After(
                tally.attempts() - attempts, tells(EvidenceSource.REFUSALS), tally.flows(), openStates(), arrivals);
        output.line(
                output.strong("After") + ": in " + LOOKING.toSeconds() + " s, " + after.flows() + " flows passed and "
                        + after.arrivals() + " packets reached the cloud; "
                        + (after.told()
                                ? after.attempts() + " packets were refused. Refused so far:"
                                : "of refused packets this router does not tell."));
        tally.refused().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(12)
                .forEach(entry -> output.line("    %-60s %4d".formatted(entry.getKey(), entry.getValue())));
        return after;
    }

    /** Flows of the device that the router's own table still holds open. */
    private long openStates() throws Exception {
        // Of a router that does not show its own, nothing can be said.
        return tells(EvidenceSource.FLOWS) ? DemoFlows.of(lab, session.home()).size() : 0;
    }

    DemoResult.Window window() throws Exception {
        Duration length = router.window();
        output.line(output.strong("A window") + " of " + Quantities.text(length) + ":");
        if (!identity.closesWindows()) {
            output.line("    closed by " + identity.windows());
        }
        lab.cloud().clear();
        Windows windows = new Windows(session.home(), session.driver(), session.state(), session.clock());
        Windows.Opened ignored = windows.open(device, length, "demo");
        boolean reached = lab.cloud().await(arrival -> arrival.destination().port() == 8053, PATIENCE);
        output.line(reached ? "    the gateway reached its cloud" : "    the gateway did not reach its cloud");
        router.letTimePass(length);
        boolean closed = await(() -> isClosed());
        output.line(
                closed
                        ? "    closed by " + (identity.closesWindows() ? "the router itself" : "Funkstille")
                        : "    not closed");
        pause(AFTER_A_WINDOW);
        tally.countFlowsFrom(Instant.now());
        pause(LOOKING);
        output.line("    " + tally.flows() + " flows since then");
        return new DemoResult.Window(true, reached, closed, identity.closesWindows(), tally.flows());
    }

    private boolean tells(EvidenceSource source) {
        return session.driver().evidence().sources().contains(source);
    }

    private boolean isClosed() {
        try {
            return session.driver().observe().windowOf(DEVICE).isEmpty();
        } catch (RouterException unreadable) {
            return false;
        }
    }

    /** The guard may still be cutting what the window let through. */
    Verdict inspect() throws Exception {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        Verdict verdict = look();
        while (!verdict.status().asWanted() && System.nanoTime() < limit) {
            pause(BETWEEN_LOOKS);
            verdict = look();
        }
        return verdict;
    }

    private Verdict look() throws Exception {
        return new Inspection(session.home(), session.driver(), session.state(), session.clock())
                .inspect(Duration.ofSeconds(1)).stream()
                        .filter(verdict -> verdict.device().equals(DEVICE))
                        .findFirst()
                        .orElseThrow();
    }

    private static boolean await(BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return true;
    }

    /** The demo shows what happens in a span of time, so it lets that time pass. */
    private static void pause(Duration duration) throws InterruptedException {
        if (duration.isPositive()) {
            Thread.sleep(duration);
        }
    }
}
