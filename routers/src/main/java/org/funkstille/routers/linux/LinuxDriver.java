package org.funkstille.routers.linux;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.Canary;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.RouterIdentity;
import org.funkstille.routers.SavedRules;

/** Drives a Linux router. See {@link TableLayout} for what its rules do. */
public final class LinuxDriver implements RouterDriver {

    public static final int REFUSALS_GROUP = Table.REFUSALS_GROUP;
    public static final int NAMES_GROUP = Table.NAMES_GROUP;

    private static final InetAddress CANARY = Addresses.parse(Table.CANARY);

    private final Router router;
    private final RouterConnection connection;
    private final EvidenceAccess evidence;
    private final CanarySender canary;
    private final Nft nft;
    private final Conntrack conntrack;
    private final BootFiles bootFiles;
    private final Dnsmasq dnsmasq;
    private final LinuxObserver observer;
    private final RulesInForce rules;

    /**
     * @param evidence how this router's evidence is listened to
     * @param canary sends the canary
     */
    public LinuxDriver(
            Router router,
            Home home,
            RouterConnection connection,
            EvidenceAccess evidence,
            CanarySender canary,
            Clock clock) {
        this.router = router;
        this.connection = connection;
        this.evidence = evidence;
        this.canary = canary;
        this.nft = new Nft(connection);
        this.conntrack = new Conntrack(connection);
        this.bootFiles = new BootFiles(connection);
        this.dnsmasq = new Dnsmasq(connection, router.dhcp());
        this.observer = new LinuxObserver(
                home, connection, nft, bootFiles, dnsmasq, evidence instanceof EvidenceAccess.OfKernel, clock);
        this.rules = new RulesInForce(home, connection, nft, clock);
    }

    /** Sends one packet on the router's loopback. */
    public interface CanarySender {

        void send(InetAddress from) throws RouterException;
    }

    @Override
    public RouterIdentity identity() throws RouterException {
        String kernel = connection.run("uname", "-sr").out().strip();
        String version = nft.version().replaceFirst(" \\(.*", "").replace(" v", " ");
        return new RouterIdentity(
                router.name(), kernel + ", " + version, "the kernel, by the time-out of a set element");
    }

    @Override
    public Observation observe() throws RouterException {
        return observer.observe();
    }

    @Override
    public SavedRules rules() throws RouterException {
        return rules.read();
    }

    @Override
    public void apply(Plan plan, Consumer<Change> done) throws RouterException {
        List<String> commands = new ArrayList<>();
        List<Change> together = new ArrayList<>();
        for (Change change : plan.changes()) {
            List<String> rules = rulesFor(change);
            if (!rules.isEmpty()) {
                commands.addAll(rules);
                together.add(change);
                continue;
            }
            flush(commands, together, done);
            other(change);
            done.accept(change);
        }
        flush(commands, together, done);
    }

    /** All changes of rules that follow one another are one transaction. */
    private void flush(List<String> commands, List<Change> together, Consumer<Change> done) throws RouterException {
        if (!commands.isEmpty()) {
            nft.load(commands);
            together.forEach(done);
            commands.clear();
            together.clear();
        }
    }

    private List<String> rulesFor(Change change) throws RouterException {
        return switch (change) {
            case Change.LayRules lay -> layAnew(lay.all());
            case Change.SetRules set -> replace(set.rules().device(), TableElements.of(set.rules()));
            case Change.RemoveRules remove -> replace(remove.rules().device(), List.of());
            case Change.CloseWindow close -> closing(close.device());
            case Change.CutFlows cut -> List.of();
            case Change.SaveRules save -> List.of();
            case Change.Reserve reserve -> List.of();
            case Change.Unreserve unreserve -> List.of();
        };
    }

    private void other(Change change) throws RouterException {
        switch (change) {
            case Change.CutFlows cut -> conntrack.cut(cut.addresses());
            case Change.SaveRules save -> bootFiles.save(observer.layout(), save.all());
            case Change.Reserve reserve -> dnsmasq.reserve(reserve.reservation());
            case Change.Unreserve unreserve -> dnsmasq.unreserve(unreserve.reservation());
            case Change.LayRules lay -> {
                // made of rules alone
            }
            case Change.SetRules set -> {
                // made of rules alone
            }
            case Change.RemoveRules remove -> {
                // made of rules alone
            }
            case Change.CloseWindow close -> {
                // made of rules alone
            }
        }
    }

    private List<String> layAnew(List<DeviceRules> devices) throws RouterException {
        List<String> commands = new ArrayList<>(BootFiles.document(observer.layout(), devices));
        observer.lastTable()
                .ifPresent(table -> table.windows().forEach((mac, window) -> {
                    if (window.secondsLeft() > 0) {
                        commands.add(windowElement(mac, window.device(), Duration.ofSeconds(window.secondsLeft())));
                    }
                }));
        return commands;
    }

    /** Elements that stay keep their counters. */
    private List<String> replace(String device, Collection<Element> wanted) throws RouterException {
        Set<Element> current = new LinkedHashSet<>();
        observer.table().devices().stream()
                .filter(element -> element.device().equals(device) && !element.equals(TableElements.CANARY))
                .forEach(current::add);
        Set<Element> surplus = new HashSet<>(current);
        surplus.removeAll(Set.copyOf(wanted));
        Set<Element> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(current);
        List<String> commands = new ArrayList<>(TableElements.commands("delete", surplus));
        commands.addAll(TableElements.commands("add", missing));
        return commands;
    }

    @Override
    public void openWindow(Device device, Duration length) throws RouterException {
        List<String> commands = new ArrayList<>();
        for (Mac mac : device.macs()) {
            // Kernels before 6.11 leave the time-out of an element that is there as it was: take it away first.
            commands.add(NftJson.elements("add", Table.WINDOW, List.of(NftJson.quote(mac.toString()))));
            commands.add(NftJson.elements("delete", Table.WINDOW, List.of(NftJson.quote(mac.toString()))));
            commands.add(windowElement(mac, device.name(), length));
        }
        nft.load(commands);
    }

    private static String windowElement(Mac mac, String device, Duration length) {
        String element = "{\"elem\":{\"val\":\"%s\",\"timeout\":%d,\"comment\":\"%s%s\"}}"
                .formatted(mac, Math.max(1, length.toSeconds()), Table.MARK, device);
        return NftJson.elements("add", Table.WINDOW, List.of(element));
    }

    @Override
    public void closeWindow(String device) throws RouterException {
        List<String> commands = closing(device);
        if (!commands.isEmpty()) {
            nft.load(commands);
        }
    }

    private List<String> closing(String device) throws RouterException {
        Optional<TableState> table = nft.table();
        List<String> keys = table.stream()
                .flatMap(state -> state.windows().entrySet().stream())
                .filter(entry -> entry.getValue().device().equals(device))
                .map(entry -> NftJson.quote(entry.getKey().toString()))
                .toList();
        // Added first: an element whose time ran out a moment ago would make the deletion fail.
        return keys.isEmpty()
                ? List.of()
                : List.of(NftJson.elements("add", Table.WINDOW, keys), NftJson.elements("delete", Table.WINDOW, keys));
    }

    @Override
    public int cutFlows(Set<InetAddress> addresses) throws RouterException {
        return conntrack.cut(addresses);
    }

    @Override
    public List<OpenFlow> openFlows(Set<InetAddress> addresses) throws RouterException {
        return conntrack.list(addresses);
    }

    @Override
    public void sendCanary() throws RouterException {
        canary.send(CANARY);
    }

    @Override
    public Optional<Canary> canary() {
        return Optional.of(new Canary(CANARY, Optional.empty()));
    }

    @Override
    public EvidenceAccess evidence() {
        return evidence;
    }

    @Override
    public List<String> uninstall() throws RouterException {
        List<String> removed = new ArrayList<>();
        Optional<Router.DhcpFiles> files = dnsmasq.files();
        if (files.isPresent()) {
            for (Reservation reservation : dnsmasq.reservations(files.get())) {
                dnsmasq.unreserve(reservation);
                removed.add("reservation of " + Addresses.text(reservation.address()) + " for " + reservation.device());
            }
        }
        removed.addAll(bootFiles.remove());
        if (nft.table().isPresent()) {
            nft.load(List.of(NftJson.table("delete")));
            removed.add("table " + Table.FAMILY + " " + Table.NAME);
        }
        if (nft.table().isPresent()) {
            throw new RouterException.ReadBackDiffers(List.of("the table is still there"));
        }
        return removed;
    }

    @Override
    public void close() {
        connection.close();
    }
}
