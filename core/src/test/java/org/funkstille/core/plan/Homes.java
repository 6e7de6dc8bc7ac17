package org.funkstille.core.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;

/** Homes and what a router says of them. */
final class Homes {

    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    static final Device GATEWAY =
            device("gateway", 1, "192.168.20.50", new Policy.Silent(Answer.REJECT), List.of("hub"));
    static final Device VACUUM = device("vacuum", 2, "", new Policy.Online(), List.of());
    static final Device HUB = device("hub", 3, "192.168.1.10", new Policy.Online(), List.of());

    private Homes() {}

    static Device device(String name, int number, String address, Policy policy, List<String> reach) {
        return new Device(
                name,
                List.of(mac(number)),
                Addresses.tryParse(address),
                List.of(),
                name.equals("hub") ? "lan" : "iot",
                Optional.empty(),
                policy,
                reach);
    }

    static Mac mac(int number) {
        return new Mac(0x0200_0000_0000L + number);
    }

    static Home home(Device... devices) {
        return new Home(
                List.of(new Router("home", RouterType.LINUX, new Via.Local(), Optional.empty(), "/", Optional.empty())),
                List.of(
                        new Network(
                                "lan",
                                "lan0",
                                List.of(Prefix.parse("192.168.1.0/24")),
                                Optional.empty(),
                                Optional.empty()),
                        new Network(
                                "iot",
                                "iot0",
                                List.of(Prefix.parse("192.168.20.0/24")),
                                Optional.empty(),
                                Optional.empty())),
                List.of(devices),
                JournalSettings.DEFAULT,
                false);
    }

    static Device withProfile(Device device, boolean echo) {
        return new Device(
                device.name(),
                device.macs(),
                device.address(),
                device.addresses6(),
                device.network(),
                Optional.of(new Profile("m", "M", Answer.DROP, echo, List.of(), List.of(), List.of())),
                device.policy(),
                device.reach());
    }

    /** A router on which nothing of ours is. */
    static Observation bare() {
        return new Observation(
                NOW,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    /** A router on which all is as this home wants it. */
    static Observation asWanted(Home home) {
        List<DeviceRules> rules = WantedRules.of(home, List.of());
        return saved(reserved(ruled(bare(), rules), WantedRules.reservations(home)), Optional.of(rules));
    }

    static Observation ruled(Observation from, List<DeviceRules> rules) {
        return copy(
                from,
                rules,
                from.damage(),
                from.reservations(),
                from.leases(),
                from.windows(),
                from.savedRules(),
                from.caveats());
    }

    static Observation damaged(Observation from, String... damage) {
        return copy(
                from,
                from.rules(),
                List.of(damage),
                from.reservations(),
                from.leases(),
                from.windows(),
                from.savedRules(),
                from.caveats());
    }

    static Observation reserved(Observation from, List<Reservation> reservations) {
        return copy(
                from,
                from.rules(),
                from.damage(),
                reservations,
                from.leases(),
                from.windows(),
                from.savedRules(),
                from.caveats());
    }

    static Observation leased(Observation from, Lease... leases) {
        return copy(
                from,
                from.rules(),
                from.damage(),
                from.reservations(),
                List.of(leases),
                from.windows(),
                from.savedRules(),
                from.caveats());
    }

    static Observation open(Observation from, OpenWindow... windows) {
        return copy(
                from,
                from.rules(),
                from.damage(),
                from.reservations(),
                from.leases(),
                List.of(windows),
                from.savedRules(),
                from.caveats());
    }

    static Observation saved(Observation from, Optional<List<DeviceRules>> saved) {
        return copy(
                from,
                from.rules(),
                from.damage(),
                from.reservations(),
                from.leases(),
                from.windows(),
                saved,
                from.caveats());
    }

    static Observation limited(Observation from, Caveat.Kind... kinds) {
        List<Caveat> caveats = List.of(kinds).stream()
                .map(kind -> new Caveat(kind, kind.toString()))
                .toList();
        return copy(
                from,
                from.rules(),
                from.damage(),
                from.reservations(),
                from.leases(),
                from.windows(),
                from.savedRules(),
                caveats);
    }

    static Lease lease(int number, String address) {
        return new Lease(mac(number), Addresses.parse(address), Optional.empty(), Optional.empty());
    }

    static Observation seen(Observation from, Neighbour... neighbours) {
        return new Observation(
                from.at(),
                from.rules(),
                from.damage(),
                from.reservations(),
                from.leases(),
                List.of(neighbours),
                from.ownAddresses(),
                from.ownPrefixes(),
                from.windows(),
                from.counts(),
                from.savedRules(),
                from.caveats());
    }

    private static Observation copy(
            Observation from,
            List<DeviceRules> rules,
            List<String> damage,
            List<Reservation> reservations,
            List<Lease> leases,
            List<OpenWindow> windows,
            Optional<List<DeviceRules>> saved,
            List<Caveat> caveats) {
        return new Observation(
                from.at(),
                rules,
                damage,
                reservations,
                leases,
                from.neighbours(),
                from.ownAddresses(),
                from.ownPrefixes(),
                windows,
                from.counts(),
                saved,
                caveats);
    }
}
