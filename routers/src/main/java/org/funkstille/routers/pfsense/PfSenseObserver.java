package org.funkstille.routers.pfsense;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.LayoutComparison;
import org.funkstille.routers.pf.LayoutInput;
import org.funkstille.routers.pf.Mark;
import org.funkstille.routers.pf.PfLayout;
import org.funkstille.routers.pf.PfctlRules;
import org.funkstille.routers.pf.SeenAddresses;
import org.funkstille.routers.pf.WantedRule;

/** Reads a pfSense router; changes nothing. */
final class PfSenseObserver {

    private final Router router;
    private final Home home;
    private final PfSenseApi api;
    private final Optional<CommandPrompt> prompt;
    private final PfSenseDhcp dhcp;
    private final Clock clock;
    private final SeenAddresses seen;

    PfSenseObserver(
            Router router, Home home, PfSenseApi api, Optional<CommandPrompt> prompt, PfSenseDhcp dhcp, Clock clock) {
        this.router = router;
        this.home = home;
        this.api = api;
        this.prompt = prompt;
        this.dhcp = dhcp;
        this.clock = clock;
        this.seen = new SeenAddresses(home, clock);
    }

    /**
     * One look at the router.
     *
     * @param wanted what the home asks of it at this moment, device by device
     */
    record Look(
            Observation observation, Configured configured, PfSenseInterfaces interfaces, List<DeviceRules> wanted) {

        PfSenseWording wording() {
            return new PfSenseWording(interfaces);
        }
    }

    Look look(Optional<InetAddress> canarySource) throws RouterException {
        Instant now = clock.instant();
        PfSenseInterfaces interfaces = PfSenseInterfaces.read(api);
        interfaces.require(home);
        Configured configured = Configured.read(api);
        List<Reservation> reservations = PfSenseDhcp.reservations(dhcp.mappings(), WantedRules.reservations(home));
        Observation bare = new Observation(
                now,
                List.of(),
                List.of(),
                reservations,
                dhcp.leases(configured.zone()),
                seen.with(neighbours(), configured.foundAliases()),
                interfaces.addresses(),
                interfaces.prefixes(home),
                configured.windows(now),
                Map.of(),
                Optional.empty(),
                new PfSenseCaveats(router, home).list());
        List<DeviceRules> wanted = WantedRules.of(home, bare);
        Look look = new Look(bare, configured, interfaces, wanted);
        PfLayout layout = layout(look, wanted, canarySource, configured.scheduled(now));
        return new Look(compared(look, layout), configured, interfaces, wanted);
    }

    PfLayout layout(
            Look look,
            List<DeviceRules> wanted,
            Optional<InetAddress> canarySource,
            LayoutInput.WindowRules.Scheduled windows) {
        return PfLayout.of(LayoutInput.of(home, wanted, look.observation(), canarySource, windows));
    }

    private Observation compared(Look look, PfLayout layout) throws RouterException {
        PfSenseWording wording = look.wording();
        Configured configured = look.configured();
        LayoutComparison comparison =
                LayoutComparison.of(layout, wording, configured.floating(wording), configured.foundAliases());
        List<String> damage = new ArrayList<>(comparison.damage());
        Map<String, Counts> counts = new HashMap<>();
        if (prompt.isPresent()) {
            List<PfctlRules.Counted> inForce = prompt.get().rules();
            damage.addAll(notLoaded(layout, configured, inForce));
            counts.putAll(counts(layout, configured, inForce));
        }
        List<DeviceRules> rules = comparison.inForce(look.wanted());
        Observation bare = look.observation();
        List<Caveat> caveats = new ArrayList<>(bare.caveats());
        caveats.addAll(unknown(look.wanted()));
        return new Observation(
                bare.at(),
                rules,
                damage,
                bare.reservations(),
                bare.leases(),
                bare.neighbours(),
                bare.ownAddresses(),
                bare.ownPrefixes(),
                bare.windows(),
                counts,
                // What is configured is what a reboot brings back.
                Optional.of(rules),
                caveats);
    }

    /** What is configured and pf has not got, by pf's own list. */
    private static List<String> notLoaded(PfLayout layout, Configured configured, List<PfctlRules.Counted> inForce) {
        Map<String, Long> loaded = CommandPrompt.packets(inForce);
        Map<String, String> trackers = configured.trackers();
        List<String> missing = new ArrayList<>();
        for (WantedRule rule : layout.rules()) {
            String tracker = trackers.get(rule.mark().toString());
            if (tracker != null && rule.schedule().isEmpty() && !loaded.containsKey(tracker)) {
                missing.add("pf has not loaded the rule \"" + rule.mark() + "\"");
            }
        }
        return missing;
    }

    private static Map<String, Counts> counts(
            PfLayout layout, Configured configured, List<PfctlRules.Counted> inForce) {
        Map<String, Long> packets = CommandPrompt.packets(inForce);
        Map<String, String> trackers = configured.trackers();
        Map<String, Counts> counts = new HashMap<>();
        for (WantedRule rule : layout.rules()) {
            String tracker = trackers.getOrDefault(rule.mark().toString(), "");
            long seen = packets.getOrDefault(tracker, 0L);
            boolean refuses = rule.action() != WantedRule.Action.PASS && rule.log();
            if (!new Mark(rule.owner(), "").isShared()) {
                counts.merge(
                        rule.owner(),
                        new Counts(seen, refuses ? seen : 0),
                        (one, other) -> new Counts(one.seen() + other.seen(), one.refused() + other.refused()));
            }
        }
        return counts;
    }

    private List<Caveat> unknown(List<DeviceRules> wanted) {
        return wanted.stream()
                .filter(rules -> rules.addresses().isEmpty()
                        && home.device(rules.device())
                                .filter(Device::restricted)
                                .isPresent())
                .map(rules -> new Caveat(
                        Caveat.Kind.NOT_HELD,
                        rules.device()
                                + " has no address that is known: nothing holds it back until the router sees it;"
                                + " pin an address",
                        Optional.of(rules.device())))
                .toList();
    }

    private List<Neighbour> neighbours() throws RouterException {
        List<Neighbour> neighbours = new ArrayList<>();
        Set<String> none = Set.of("", "(incomplete)");
        for (Item item : api.list("diagnostics/arp_table")) {
            String mac = item.textOr("mac_address", "");
            if (!none.contains(mac)) {
                Mac.tryParse(mac)
                        .ifPresent(holder -> item.text("ip_address")
                                .flatMap(Addresses::tryParse)
                                .ifPresent(address -> neighbours.add(new Neighbour(holder, address))));
            }
        }
        if (prompt.isPresent()) {
            neighbours.addAll(prompt.get().neighbours6());
        }
        return neighbours;
    }
}
