package org.funkstille.routers.linux;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Router;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.funkstille.kernel.Command;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;

/** Reads a Linux router; changes nothing. */
final class LinuxObserver {

    private final Home home;
    private final RouterConnection connection;
    private final Nft nft;
    private final BootFiles bootFiles;
    private final Dnsmasq dnsmasq;
    private final boolean countsLosses;
    private final Clock clock;

    /** How nft prints a layout does not change while it runs: asked for once. */
    private final Map<TableLayout, Optional<TableState>> printed = new HashMap<>();

    private Optional<TableState> lastTable = Optional.empty();
    private Optional<TableLayout> lastLayout = Optional.empty();

    LinuxObserver(
            Home home,
            RouterConnection connection,
            Nft nft,
            BootFiles bootFiles,
            Dnsmasq dnsmasq,
            boolean countsLosses,
            Clock clock) {
        this.home = home;
        this.connection = connection;
        this.nft = nft;
        this.bootFiles = bootFiles;
        this.dnsmasq = dnsmasq;
        this.countsLosses = countsLosses;
        this.clock = clock;
    }

    Observation observe() throws RouterException {
        Instant now = clock.instant();
        String ruleset = nft.ruleset();
        Optional<TableState> table = nft.table();
        boolean tracking = table.filter(TableState::tracks).isPresent() || tracks(ruleset);
        TableLayout layout = layout(tracking);
        lastTable = table;
        lastLayout = Optional.of(layout);

        List<Caveat> caveats = new ArrayList<>();
        List<String> damage = damage(layout, table, caveats);
        Optional<Router.DhcpFiles> dhcp = dnsmasq.files();
        List<InterfaceAddress> own = ownAddresses();
        caveats.addAll(limits(ruleset, tracking, dhcp.isPresent()).list());
        return new Observation(
                now,
                table.map(state -> RulesReader.devices(state.devices())).orElse(List.of()),
                damage,
                dhcp.isPresent() ? dnsmasq.reservations(dhcp.get()) : List.<Reservation>of(),
                dhcp.isPresent() ? dnsmasq.leases(dhcp.get()) : List.of(),
                neighbours(),
                own.stream().map(InterfaceAddress::address).collect(Collectors.toSet()),
                InterfaceAddress.prefixes(own),
                table.map(state -> windows(state, now)).orElse(List.of()),
                table.map(LinuxObserver::counts).orElse(Map.of()),
                bootFiles.saved(layout),
                caveats);
    }

    /** The table of the last observation; read now where there was none. */
    TableState table() throws RouterException {
        if (lastTable.isEmpty()) {
            observe();
        }
        return lastTable.orElseThrow(
                () -> new RouterException.Refused("the table of Funkstille is not there; it must be laid first"));
    }

    Optional<TableState> lastTable() {
        return lastTable;
    }

    TableLayout layout() throws RouterException {
        if (lastLayout.isEmpty()) {
            observe();
        }
        return lastLayout.orElseThrow();
    }

    private TableLayout layout(boolean tracking) {
        int macs =
                home.devices().stream().mapToInt(device -> device.macs().size()).sum();
        List<String> house =
                home.inside().stream().map(Network::interfaceName).sorted().toList();
        boolean pins6 = home.devices().stream()
                .anyMatch(device -> device.restricted() && !device.addresses6().isEmpty());
        return new TableLayout(house, TableLayout.capacityFor(macs), tracking, pins6);
    }

    private List<String> damage(TableLayout layout, Optional<TableState> table, List<Caveat> caveats)
            throws RouterException {
        if (table.isEmpty()) {
            return List.of("there is no table " + Table.FAMILY + " " + Table.NAME);
        }
        if (!printed.containsKey(layout)) {
            printed.put(layout, nft.printed(layout.commands()));
        }
        Optional<TableState> wanted = printed.get(layout);
        if (wanted.isEmpty()) {
            caveats.add(new Caveat(
                    Caveat.Kind.NOT_COMPARED,
                    "the rules in force could not be compared with what they should be: this router lets nobody make a"
                            + " network namespace (unshare --net)"));
            return List.of();
        }
        List<String> differences = new ArrayList<>(
                Differences.between(wanted.get().layout(), table.get().layout()));
        if (!table.get().devices().contains(TableElements.CANARY)) {
            differences.add("missing or changed: the canary");
        }
        return differences;
    }

    private LinuxCaveats limits(String ruleset, boolean tracking, boolean pins) throws RouterException {
        boolean accounts = connection
                .run("cat", "/proc/sys/net/netfilter/nf_conntrack_acct")
                .out()
                .strip()
                .equals("1");
        return new LinuxCaveats(
                ruleset.contains("\"flowtable\""), tracking, accounts, pins, bootFiles.possible(), countsLosses);
    }

    /** Address translation or a question about a flow's state anywhere, or flows already in the table. */
    private boolean tracks(String ruleset) throws RouterException {
        boolean asked = ruleset.contains("\"ct\"")
                || ruleset.contains("\"masquerade\"")
                || ruleset.contains("\"type\": \"nat\"")
                || ruleset.contains("\"snat\"")
                || ruleset.contains("\"dnat\"");
        if (asked) {
            return true;
        }
        String count = connection
                .run("cat", "/proc/sys/net/netfilter/nf_conntrack_count")
                .out()
                .strip();
        return count.matches("[1-9][0-9]*");
    }

    private List<Neighbour> neighbours() throws RouterException {
        List<Neighbour> neighbours = new ArrayList<>();
        // 192.168.20.50 dev iot0 lladdr 78:11:dc:12:34:56 REACHABLE
        for (String line : lines("ip", "neigh", "show")) {
            List<String> words = List.of(line.split(" "));
            int lladdr = words.indexOf("lladdr");
            if (lladdr > 0 && lladdr + 1 < words.size() && !line.endsWith("FAILED")) {
                Mac.tryParse(words.get(lladdr + 1))
                        .ifPresent(mac -> Addresses.tryParse(words.getFirst())
                                .ifPresent(address -> neighbours.add(new Neighbour(mac, address))));
            }
        }
        return neighbours;
    }

    private List<InterfaceAddress> ownAddresses() throws RouterException {
        return lines("ip", "-o", "addr", "show").stream()
                .flatMap(line -> InterfaceAddress.of(line).stream())
                .toList();
    }

    private List<String> lines(String... argv) throws RouterException {
        Command.Result result = Programs.require(connection.run(argv), argv[0], "iproute2");
        if (!result.ok()) {
            throw new RouterException.Refused(
                    String.join(" ", argv) + ": " + result.err().strip());
        }
        return result.out().lines().toList();
    }

    private static List<OpenWindow> windows(TableState table, Instant now) {
        Map<String, OpenWindow> byDevice = new LinkedHashMap<>();
        table.windows().values().forEach(window -> {
            // nft tells whole seconds, rounded down.
            OpenWindow open = new OpenWindow(window.device(), now.plusSeconds(window.secondsLeft() + 1));
            byDevice.merge(window.device(), open, (one, other) -> one.until().isAfter(other.until()) ? one : other);
        });
        return List.copyOf(byDevice.values());
    }

    /** By MAC: what another host sends under a pinned address counts for nobody. */
    private static Map<String, Counts> counts(TableState table) {
        Map<String, Counts> counts = new HashMap<>();
        table.elements().forEach((element, packets) -> {
            if (element.set().equals(Table.BY_MAC)) {
                long refused = Mac.tryParse(element.key().replace("\"", ""))
                        .map(mac -> table.refused().getOrDefault(mac, 0L))
                        .orElse(0L);
                counts.merge(
                        element.device(),
                        new Counts(packets, refused),
                        (one, other) -> new Counts(one.seen() + other.seen(), one.refused() + other.refused()));
            }
        });
        return counts;
    }
}
