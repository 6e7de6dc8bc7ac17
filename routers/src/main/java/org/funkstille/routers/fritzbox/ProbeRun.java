package org.funkstille.routers.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.ProbeResult;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.fritzbox.probe.ProbeHost;
import org.funkstille.routers.fritzbox.tr064.Tr064;

/**
 * Has the host that we play knock at doors outside, first open, to see that they answer at all, then locked like any
 * silent device. The first is rarely repeated; the second each time.
 */
final class ProbeRun {

    /** Doors that answered once may close; after this it is looked at again. */
    private static final Duration AWAKE_HOLDS = Duration.ofHours(24);

    /** Where they did not answer, sooner. */
    private static final Duration ASLEEP_HOLDS = Duration.ofMinutes(10);

    private static final Duration FINDING = Duration.ofSeconds(3);
    private static final Duration RIVALS = Duration.ofMillis(300);
    private static final Duration KNOCKING = Duration.ofMillis(1800);

    private final NetworkNamespace namespace;
    private final String boxHost;
    private final Tr064 tr064;
    private final SituationReader situations;
    private final Locks locks;
    private final LedgerFile ledger;
    private final Patience patience;
    private final Clock clock;

    ProbeRun(
            NetworkNamespace namespace,
            String boxHost,
            Tr064 tr064,
            SituationReader situations,
            Locks locks,
            LedgerFile ledger,
            Patience patience,
            Clock clock) {
        this.namespace = namespace;
        this.boxHost = boxHost;
        this.tr064 = tr064;
        this.situations = situations;
        this.locks = locks;
        this.ledger = ledger;
        this.patience = patience;
        this.clock = clock;
    }

    /** Does not work, and why. */
    private static final class NoProbe extends Exception {

        private static final long serialVersionUID = 1L;

        NoProbe(String message) {
            super(message);
        }
    }

    ProbeResult run(RouterAccess.Probe probe) throws RouterException {
        try (ProbeHost host = ProbeHost.enter(namespace, probe)) {
            return run(probe, host);
        } catch (IOException failed) {
            return asleep("the probe cannot send on " + probe.interfaceName() + ": " + failed.getMessage()
                    + " (it needs an Ethernet interface towards the box that is up, and root or CAP_NET_RAW)");
        } catch (NoProbe why) {
            return asleep(String.valueOf(why.getMessage()));
        }
    }

    private ProbeResult asleep(String why) {
        return new ProbeResult(clock.instant(), false, List.of(), why);
    }

    private ProbeResult run(RouterAccess.Probe probe, ProbeHost host) throws IOException, NoProbe, RouterException {
        Optional<Mac> rival = host.rival(RIVALS);
        if (rival.isPresent()) {
            throw new NoProbe("the probe's address " + Addresses.text(probe.address()) + " is taken by " + rival.get()
                    + "; give the probe an address that nobody has");
        }
        InetAddress box = boxAddress();
        Set<Family> ways = host.find(box, FINDING);
        if (!ways.contains(Family.IPV4)) {
            throw new NoProbe("the FRITZ!Box (" + Addresses.text(box) + ") does not answer the probe on "
                    + probe.interfaceName() + "; is this the interface towards it, by cable? Over Wi-Fi nobody can play"
                    + " a second host");
        }
        tr064.requireMayChange();
        BoxHost known = known(probe);
        Ledger.Awake awake = awake(probe, host, known, ways);
        locks.lock(Ledger.PROBE, known);
        locks.awaitShut(List.of(known.address()));
        Set<Endpoint> escaped = host.knock(probe.targets(), KNOCKING);
        return result(probe, host, ways, awake, escaped);
    }

    private InetAddress boxAddress() throws RouterException, NoProbe {
        return LanFacts.read(tr064, boxHost).own().stream()
                .filter(address -> Family.of(address) == Family.IPV4)
                .findFirst()
                .orElseThrow(() -> new NoProbe("the FRITZ!Box does not tell its own address"));
    }

    /** The box needs a moment to notice a host, and locks only those it has noticed. */
    private BoxHost known(RouterAccess.Probe probe) throws RouterException, NoProbe {
        List<BoxHost> found = new ArrayList<>();
        boolean noticed = patience.await(() -> {
            situations.hostsWith(probe.mac()).stream()
                    .filter(host -> host.address().equals(probe.address()))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        if (!noticed) {
            throw new NoProbe("the FRITZ!Box does not notice the probe " + probe.mac() + " at "
                    + Addresses.text(probe.address()) + ", so it cannot lock it");
        }
        return found.getFirst();
    }

    /** What answers while nothing holds the probe back, as it was seen last, or by looking now. */
    private Ledger.Awake awake(RouterAccess.Probe probe, ProbeHost host, BoxHost known, Set<Family> ways)
            throws IOException, RouterException {
        Optional<Ledger.Awake> before = ledger.read().probe().filter(last -> holds(last, probe, ways));
        if (before.isPresent()) {
            return before.get();
        }
        if (ledger.read().owns(known.address())) {
            boolean ignored = locks.unlock(known.address());
        }
        Set<Endpoint> answered = host.knock(probe.targets(), KNOCKING);
        Ledger.Awake now = new Ledger.Awake(
                clock.instant(),
                answered.stream().map(Endpoint::toString).collect(Collectors.toSet()),
                families(answered).containsAll(ways));
        ledger.change(notes -> notes.with(now));
        return now;
    }

    private boolean holds(Ledger.Awake last, RouterAccess.Probe probe, Set<Family> ways) {
        Instant now = clock.instant();
        Duration fresh = last.complete() ? AWAKE_HOLDS : ASLEEP_HOLDS;
        boolean young = now.isBefore(last.at().plus(fresh)) && !now.isBefore(last.at());
        boolean allWays = families(answered(last, probe)).containsAll(ways);
        return young && allWays == last.complete();
    }

    private static Set<Endpoint> answered(Ledger.Awake awake, RouterAccess.Probe probe) {
        return probe.targets().stream()
                .filter(target -> awake.answered().contains(target.toString()))
                .collect(Collectors.toSet());
    }

    private static Set<Family> families(Set<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::family).collect(Collectors.toSet());
    }

    private ProbeResult result(
            RouterAccess.Probe probe, ProbeHost host, Set<Family> ways, Ledger.Awake awake, Set<Endpoint> escaped) {
        Set<Family> seen = families(answered(awake, probe));
        List<String> parts = new ArrayList<>();
        for (Family family : Family.values()) {
            parts.add(name(family) + ": " + said(family, probe, host, ways, seen, escaped));
        }
        // Whoever got out while it was locked was awake, whatever it was before.
        boolean tells = seen.containsAll(ways) || !escaped.isEmpty();
        List<Endpoint> out = probe.targets().stream().filter(escaped::contains).toList();
        return new ProbeResult(clock.instant(), tells, out, String.join("; ", parts));
    }

    private static String name(Family family) {
        return switch (family) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }

    private static String said(
            Family family,
            RouterAccess.Probe probe,
            ProbeHost host,
            Set<Family> ways,
            Set<Family> seen,
            Set<Endpoint> escaped) {
        List<Endpoint> targets = probe.targets().stream()
                .filter(target -> target.family() == family)
                .toList();
        String doors = targets.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        if (!ways.contains(family)) {
            return "no router of this network offers a prefix that leads out, so there is nothing to test";
        }
        if (targets.isEmpty()) {
            return "there is a way out, and no target to try it with; name one under probe: to:";
        }
        String from = host.address(family).map(Addresses::text).orElse("?");
        List<Endpoint> out = targets.stream().filter(escaped::contains).toList();
        if (!out.isEmpty()) {
            return "locked, " + from + " still got an answer from "
                    + out.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        }
        return seen.contains(family)
                ? "locked, " + from + " got no answer from " + doors + ", which answered it before"
                : "nothing tells, because " + doors + " did not answer " + from + " even when it was not locked";
    }
}
