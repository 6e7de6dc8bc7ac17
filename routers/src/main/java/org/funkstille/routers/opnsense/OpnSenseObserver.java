package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.LayoutComparison;
import org.funkstille.routers.pf.LayoutInput;
import org.funkstille.routers.pf.PfLayout;
import org.funkstille.routers.pf.SeenAddresses;

/** Reads an OPNsense; changes nothing. */
final class OpnSenseObserver {

    private final Home home;
    private final OpnSenseApi api;
    private final Offering offering;
    private final OpnSenseCaveats limits;
    private final Optional<InetAddress> canarySource;
    private final Dhcp dhcp;
    private final Clock clock;
    private final FilterRules filterRules;
    private final Aliases aliases;
    private final SeenAddresses seen;
    private final Counters counters = new Counters();

    OpnSenseObserver(
            Home home,
            OpnSenseApi api,
            Offering offering,
            OpnSenseCaveats limits,
            Optional<InetAddress> canarySource,
            Dhcp dhcp,
            Clock clock) {
        this.home = home;
        this.api = api;
        this.offering = offering;
        this.limits = limits;
        this.canarySource = canarySource;
        this.dhcp = dhcp;
        this.clock = clock;
        this.filterRules = new FilterRules(api, offering);
        this.aliases = new Aliases(api);
        this.seen = new SeenAddresses(home, clock);
    }

    Snapshot observe() throws RouterException {
        Instant now = clock.instant();
        Legs legs = Legs.read(api);
        List<Alias> all = aliases.read();
        List<Neighbour> neighbours = seen.with(
                new NeighbourTables(api).read(), all.stream().map(Alias::found).toList());
        Dhcp.Reading served = dhcp.read();
        InForce inForce = InForce.read(api, offering);
        List<Caveat> caveats = new ArrayList<>(limits.list(inForce));
        served.caveat().ifPresent(caveats::add);
        Observation bare = new Observation(
                now,
                List.of(),
                List.of(),
                served.reservations(),
                served.leases(),
                neighbours,
                legs.addresses(),
                legs.prefixes(),
                List.of(),
                Map.of(),
                Optional.empty(),
                caveats);
        PfLayout layout = layout(WantedRules.of(home, bare), bare);
        List<FilterRule> rules = filterRules.read(legs);
        Map<String, Optional<List<String>>> tables = tables(all);
        Snapshot found = new Snapshot(offering, legs, layout, rules, all, tables, inForce, bare);
        return with(found, compared(found, WantedRules.of(home, bare)));
    }

    PfLayout layout(List<DeviceRules> wanted, Observation observed) {
        return PfLayout.of(LayoutInput.of(home, wanted, observed, canarySource, new LayoutInput.WindowRules.ByTable()));
    }

    private Map<String, Optional<List<String>>> tables(List<Alias> all) throws RouterException {
        Map<String, Optional<List<String>>> tables = new HashMap<>();
        for (Alias alias : all) {
            if (alias.isOurs()) {
                tables.put(alias.name(), aliases.table(alias.name()));
            }
        }
        return tables;
    }

    private Observation compared(Snapshot found, List<DeviceRules> wanted) throws RouterException {
        LayoutComparison comparison = LayoutComparison.of(
                found.layout(),
                new OpnSenseWording(found.legs(), offering.ruleFields()),
                found.rules().stream()
                        .filter(FilterRule::floating)
                        .sorted(FilterRule.ORDER)
                        .map(FilterRule::found)
                        .toList(),
                found.aliases().stream().map(Alias::found).toList());
        List<String> damage = new ArrayList<>(comparison.damage());
        List<DeviceRules> inForce = comparison.inForce(wanted);
        if (!inForce.isEmpty() || !ours(found).isEmpty()) {
            damage.addAll(new PfDamage(home, found, aliases).list());
        }
        List<OpenWindow> windows = OpnSenseWindows.open(
                found.aliases(), found.tables(), found.observation().at());
        Observation bare = found.observation();
        return new Observation(
                bare.at(),
                inForce,
                damage,
                bare.reservations(),
                bare.leases(),
                bare.neighbours(),
                bare.ownAddresses(),
                bare.ownPrefixes(),
                windows,
                counts(found),
                // What the configuration says is what a reboot brings back.
                Optional.of(inForce),
                bare.caveats());
    }

    private static List<FilterRule> ours(Snapshot found) {
        return found.rules().stream().filter(FilterRule::isOurs).toList();
    }

    private static Snapshot with(Snapshot found, Observation observation) {
        return new Snapshot(
                found.offering(),
                found.legs(),
                found.layout(),
                found.rules(),
                found.aliases(),
                found.tables(),
                found.inForce(),
                observation);
    }

    private Map<String, Counts> counts(Snapshot found) {
        found.inForce().packets().ifPresent(counters::learn);
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (Device device : home.devices()) {
            Set<String> refusing = found.layout().refusing(device.name()).stream()
                    .map(rule -> rule.mark().toString())
                    .collect(Collectors.toSet());
            List<String> all = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            for (FilterRule rule : ours(found)) {
                if (rule.mark()
                        .filter(mark -> mark.owner().equals(device.name()))
                        .isPresent()) {
                    all.add(rule.uuid());
                    if (refusing.contains(rule.description())) {
                        refused.add(rule.uuid());
                    }
                }
            }
            if (!all.isEmpty()) {
                counts.put(device.name(), new Counts(counters.total(all), counters.total(refused)));
            }
        }
        return counts;
    }
}
