package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Via;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.Canary;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.RouterIdentity;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.pf.PfCanary;
import org.funkstille.routers.pf.PfLayout;
import org.jspecify.annotations.Nullable;

/** Drives OPNsense 25.1 and later by its own interface. See {@code routers.pf} for what its rules do. */
public final class OpnSenseDriver implements RouterDriver {

    /** How often what has come up while rules were written is written too. */
    private static final int ROUNDS = 3;

    private final RemoteRouter remote;
    private final Home home;
    private final OpnSenseApi api;
    private final Offering offering;
    private final OpnSenseCaveats limits;
    private final PfCanary canary;
    private final Aliases aliases;
    private final FilterRules filterRules;
    private final Dhcp dhcp;
    private final OpnSenseObserver observer;
    private final OpnSenseWindows windows;
    private final OpnSenseEvidence evidence;
    private @Nullable Snapshot last;

    private OpnSenseDriver(RemoteRouter remote, OpnSenseApi api, Offering offering, boolean seesStates) {
        this.remote = remote;
        this.home = remote.home();
        this.api = api;
        this.offering = offering;
        this.canary = new PfCanary(remote.namespace(), host(remote));
        this.aliases = new Aliases(api);
        this.filterRules = new FilterRules(api, offering);
        this.dhcp = new Dhcp(home, api);
        boolean listens = remote.router().access().syslog().isPresent();
        Optional<InetAddress> source = listens ? canary.source() : Optional.empty();
        this.limits = new OpnSenseCaveats(offering.version(), listens, source.isPresent(), seesStates);
        this.observer = new OpnSenseObserver(home, api, offering, limits, source, dhcp, remote.clock());
        this.windows = new OpnSenseWindows(aliases, remote.clock());
        this.evidence = new OpnSenseEvidence(remote, api);
    }

    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        String key =
                ApiKey.read(remote.router().name(), remote.router().access().key(), remote.secrets());
        OpnSenseApi api = new OpnSenseApi(remote.http(), key);
        return new OpnSenseDriver(remote, api, Offering.read(api), seesStates(api));
    }

    private static boolean seesStates(OpnSenseApi api) throws RouterException {
        try {
            return api.postIfOffered(
                            "diagnostics/firewall/query_states",
                            JsonObject.create()
                                    .add("current", 1)
                                    .add("rowCount", 1)
                                    .add("searchPhrase", ""))
                    .isPresent();
        } catch (RouterException.NotPermitted forbidden) {
            if (Privileges.lacking(forbidden)) {
                return false;
            }
            throw forbidden;
        }
    }

    private static String host(RemoteRouter remote) {
        return remote.router().via() instanceof Via.Https https ? https.host() : "";
    }

    @Override
    public RouterIdentity identity() {
        String closes = offering.expires()
                ? "the router's cron, by the expiry of alias entries, up to a minute late (15 minutes where the window is"
                        + " an hour or longer); flows that are open then are cut by Funkstille alone"
                : "nothing but Funkstille, or a reboot: entries of aliases do not expire before OPNsense 25.7";
        return new RouterIdentity(remote.router().name(), offering.system(), closes, offering.expires());
    }

    @Override
    public Observation observe() throws RouterException {
        Snapshot found = observer.observe();
        last = found;
        evidence.learn(found);
        return found.observation();
    }

    private Snapshot last() throws RouterException {
        Snapshot found = last;
        if (found == null) {
            Observation ignored = observe();
            found = last;
        }
        if (found == null) {
            throw new IllegalStateException("observed and nothing kept");
        }
        return found;
    }

    @Override
    public SavedRules rules() throws RouterException {
        return new OpnSenseRuleSet(home, api, remote.clock()).read();
    }

    @Override
    public void apply(Plan plan, Consumer<Change> done) throws RouterException {
        List<Change> together = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (changesRules(change)) {
                together.add(change);
            } else {
                layTogether(together, done);
                other(change);
                done.accept(change);
            }
        }
        layTogether(together, done);
    }

    private static boolean changesRules(Change change) {
        return switch (change) {
            case Change.LayRules _, Change.SetRules _, Change.RemoveRules _ -> true;
            case Change.CloseWindow _, Change.CutFlows _, Change.SaveRules _, Change.Reserve _, Change.Unreserve _ ->
                false;
        };
    }

    /**
     * Changes of rules that follow one another come into force with one reload. Rules go by address, and addresses come up
     * while we write: what has come up meanwhile is laid as well, or the reading back would find it missing.
     */
    private void layTogether(List<Change> together, Consumer<Change> done) throws RouterException {
        if (together.isEmpty()) {
            return;
        }
        RuleWriter writer = new RuleWriter(filterRules, aliases);
        Observation now = observe();
        for (int round = 0; round < ROUNDS; round++) {
            PfLayout layout = observer.layout(after(together, now), now);
            writer.lay(layout, last());
            now = observe();
            if (observer.layout(after(together, now), now).equals(layout)) {
                break;
            }
        }
        together.forEach(done);
        together.clear();
    }

    private List<DeviceRules> after(List<Change> changes, Observation now) {
        Map<String, DeviceRules> fresh = new LinkedHashMap<>();
        WantedRules.of(home, now).forEach(one -> fresh.put(one.device(), one));
        Map<String, DeviceRules> rules = new LinkedHashMap<>();
        // What is there and not as it should be is made so by the plan, or is no more wanted.
        fresh.values().stream().filter(now.rules()::contains).forEach(one -> rules.put(one.device(), one));
        for (Change change : changes) {
            switch (change) {
                case Change.LayRules lay -> {
                    rules.clear();
                    lay.all().forEach(one -> rules.put(one.device(), asNow(one, fresh)));
                }
                case Change.SetRules set -> rules.put(set.rules().device(), asNow(set.rules(), fresh));
                case Change.RemoveRules remove -> rules.remove(remove.rules().device());
                case Change.CloseWindow _,
                        Change.CutFlows _,
                        Change.SaveRules _,
                        Change.Reserve _,
                        Change.Unreserve _ -> {
                    // not made of rules
                }
            }
        }
        return inOrderOfHome(rules);
    }

    /** With the addresses that are known now, where nothing else has changed since the plan was made. */
    private static DeviceRules asNow(DeviceRules planned, Map<String, DeviceRules> fresh) {
        return Optional.ofNullable(fresh.get(planned.device()))
                .filter(now -> now.macs().equals(planned.macs())
                        && now.policy().equals(planned.policy())
                        && now.echo() == planned.echo())
                .orElse(planned);
    }

    /** The order of a layout follows that of the home, whatever the order of changes. */
    private List<DeviceRules> inOrderOfHome(Map<String, DeviceRules> rules) {
        List<DeviceRules> ordered = new ArrayList<>();
        for (Device device : home.devices()) {
            Optional.ofNullable(rules.remove(device.name())).ifPresent(ordered::add);
        }
        ordered.addAll(rules.values());
        return ordered;
    }

    private void other(Change change) throws RouterException {
        switch (change) {
            case Change.CutFlows cut -> {
                int ignored = cutFlows(cut.addresses());
            }
            case Change.CloseWindow close -> closeWindow(close.device());
            case Change.Reserve reserve -> dhcp.reserve(reserve.reservation(), last().legs());
            case Change.Unreserve unreserve -> dhcp.unreserve(unreserve.reservation());
            case Change.SaveRules _ -> {
                // what was written is the configuration already
            }
            case Change.LayRules _, Change.SetRules _, Change.RemoveRules _ -> {
                // made together
            }
        }
    }

    @Override
    public void openWindow(Device device, Duration length) throws RouterException {
        Observation now = observe();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        now.addressesOf(device).stream()
                .filter(address -> !address.isLinkLocalAddress())
                .forEach(addresses::add);
        windows.open(last(), device.name(), addresses, length);
    }

    @Override
    public void closeWindow(String device) throws RouterException {
        Observation ignored = observe();
        windows.close(last(), device);
    }

    @Override
    public int cutFlows(Set<InetAddress> addresses) throws RouterException {
        return addresses.isEmpty() || !limits.states() ? 0 : evidence.states().cut(addresses);
    }

    @Override
    public List<OpenFlow> openFlows(Set<InetAddress> addresses) throws RouterException {
        return evidence.states().open(addresses);
    }

    @Override
    public Optional<Canary> canary() {
        return limits.listens() ? canary.canary() : Optional.empty();
    }

    @Override
    public void sendCanary() throws RouterException {
        if (canary().isPresent()) {
            canary.send();
        }
    }

    @Override
    public EvidenceAccess evidence() {
        return evidence.access(limits.states());
    }

    @Override
    public List<String> uninstall() throws RouterException {
        Observation ignored = observe();
        List<String> removed = new Removal(filterRules, aliases, dhcp).all(last());
        last = null;
        return removed;
    }

    @Override
    public void close() {
        remote.http().close();
    }
}
