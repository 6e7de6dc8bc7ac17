package org.funkstille.routers.fritzbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.ProbeResult;
import org.funkstille.routers.fritzbox.memory.Ledger;

/** Makes an {@link Observation} of what the box says and what we wrote down. */
final class BoxObserver {

    private final Home home;
    private final Optional<RouterAccess.Probe> probe;

    BoxObserver(Home home, Optional<RouterAccess.Probe> probe) {
        this.home = home;
        this.probe = probe;
    }

    /** @param damaged where a damaged note of ours lies */
    Observation of(
            Situation situation, LanFacts lan, Pins.Found pins, Optional<ProbeResult> probed, Optional<Path> damaged) {
        Optional<String> lost = damaged.map(path -> "Funkstille's notes were damaged and are set aside at " + path
                + "; locks from before count as your own now and stay when Funkstille goes (delete that file when you"
                + " have seen this)");
        List<Caveat> caveats = Caveats.of(situation, probe.isPresent(), probed, pins.missing(), lost);
        // The wanted rules depend on the addresses that were found, so these come first.
        Observation bare = observation(situation, lan, List.of(), pins.reservations(), caveats);
        List<DeviceRules> found = new RulesFound(situation).of(WantedRules.of(home, bare));
        return observation(situation, lan, found, pins.reservations(), caveats);
    }

    private Observation observation(
            Situation situation,
            LanFacts lan,
            List<DeviceRules> rules,
            List<Reservation> reservations,
            List<Caveat> caveats) {
        List<BoxHost> hosts =
                situation.hosts().stream().filter(host -> !isProbe(host)).toList();
        return new Observation(
                situation.now(),
                rules,
                List.of(),
                reservations,
                hosts.stream().map(BoxObserver::lease).toList(),
                hosts.stream()
                        .filter(BoxHost::active)
                        .map(host -> new Neighbour(host.mac(), host.address()))
                        .toList(),
                lan.own(),
                lan.prefixes(home),
                windows(situation),
                Map.of(),
                Optional.of(rules),
                caveats);
    }

    private boolean isProbe(BoxHost host) {
        return probe.filter(played -> played.mac().equals(host.mac())).isPresent();
    }

    /** The box does not tell how an address was given out, nor in its list for how long. */
    private static Lease lease(BoxHost host) {
        return new Lease(
                host.mac(), host.address(), Optional.of(host.name()).filter(name -> !name.isEmpty()), Optional.empty());
    }

    private static List<OpenWindow> windows(Situation situation) {
        return situation.ledger().windows().stream()
                .map(Ledger.Window::device)
                .flatMap(name -> situation.window(name).stream())
                .toList();
    }
}
