package org.funkstille.routers.pfsense;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.model.Via;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
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
import org.funkstille.routers.pf.LayoutInput.WindowRules.Scheduled;
import org.funkstille.routers.pf.PfCanary;
import org.funkstille.routers.pf.PfLayout;
import org.funkstille.routers.pf.PfState;

/**
 * Drives pfSense by the REST API package. See {@link PfLayout} for what its rules do, {@link Laying} for how they get
 * there, {@link WindowSchedule} for how a window closes with nobody there to help.
 */
public final class PfSenseDriver implements RouterDriver {

    /** Shorter than pf keeps any state that is over: {@code udp.single} 30 s is the least. */
    private static final Duration STATES_INTERVAL = Duration.ofSeconds(8);

    private final RemoteRouter remote;
    private final Router router;
    private final Clock clock;
    private final PfSenseApi api;
    private final Optional<CommandPrompt> prompt;
    private final PfSenseStates states;
    private final PfSenseDhcp dhcp;
    private final FilterLoad filter;
    private final Laying laying;
    private final PfSenseObserver observer;
    private final PfCanary canary;
    private final Schedules schedules;

    private Optional<PfSenseObserver.Look> last = Optional.empty();

    /** Asked by the listener's thread. */
    private volatile Set<String> refusing = Set.of();

    private volatile Set<InetAddress> own = Set.of();

    private PfSenseDriver(RemoteRouter remote, PfSenseApi api, String host) {
        this.remote = remote;
        this.router = remote.router();
        this.clock = remote.clock();
        this.api = api;
        this.prompt = router.access().may(RouterAccess.Right.COMMAND_PROMPT)
                ? Optional.of(new CommandPrompt(api))
                : Optional.empty();
        this.states = new PfSenseStates(api, remote.home(), prompt);
        this.dhcp = new PfSenseDhcp(api);
        this.filter = new FilterLoad(api, prompt);
        this.laying = new Laying(api, filter);
        this.observer = new PfSenseObserver(router, remote.home(), api, prompt, dhcp, clock);
        this.schedules = new Schedules(api);
        this.canary = new PfCanary(remote.namespace(), host);
    }

    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        if (!(remote.router().via() instanceof Via.Https https)) {
            throw new RouterException.Refused(
                    "router " + remote.router().name() + ": pfSense is reached by https:// and its address");
        }
        PfSenseLogin login = PfSenseLogin.of(remote.router(), remote.secrets());
        return new PfSenseDriver(remote, new PfSenseApi(remote.http(), login), https.host());
    }

    @Override
    public RouterIdentity identity() throws RouterException {
        String version = api.listIfThere("system/version", Map.of())
                .flatMap(items -> items.stream().findFirst())
                .map(item -> item.textOr("version", ""))
                .filter(text -> !text.isEmpty())
                .map(text -> " " + text)
                .orElse("");
        return new RouterIdentity(
                router.name(),
                "pfSense" + version + ", REST API v2",
                "pfSense, by a schedule, at the next quarter of an hour");
    }

    @Override
    public Observation observe() throws RouterException {
        return look().observation();
    }

    private PfSenseObserver.Look look() throws RouterException {
        PfSenseObserver.Look look = observer.look(canarySource());
        last = Optional.of(look);
        own = look.interfaces().addresses();
        refusing = refusing(look.configured());
        return look;
    }

    private PfSenseObserver.Look lastLook() throws RouterException {
        return last.isPresent() ? last.get() : look();
    }

    /** Trackers of our rules that refuse and log. */
    private static Set<String> refusing(Configured configured) {
        Set<String> trackers = new HashSet<>();
        for (Item rule : configured.ours()) {
            if (rule.is("log") && !rule.textOr("type", "").equals("pass")) {
                trackers.add(rule.textOr("tracker", ""));
            }
        }
        return Set.copyOf(trackers);
    }

    /** Without anybody who hears of its refusal, no canary is laid. */
    private Optional<InetAddress> canarySource() {
        return router.access().syslog().isPresent() ? canary.source() : Optional.empty();
    }

    @Override
    public SavedRules rules() throws RouterException {
        CommandPrompt shell = prompt.orElseThrow(() ->
                new RouterException.NotPermitted("the rules in force can only be read with allow: [command-prompt]"));
        return new RulesInForce(shell, clock).read(lastLook().configured().zone());
    }

    @Override
    public void apply(Plan plan, Consumer<Change> done) throws RouterException {
        List<Change> together = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (isOfRules(change)) {
                together.add(change);
            } else {
                flush(together, done);
                other(change);
                done.accept(change);
            }
        }
        flush(together, done);
    }

    private static boolean isOfRules(Change change) {
        return switch (change) {
            case Change.LayRules lay -> true;
            case Change.SetRules set -> true;
            case Change.RemoveRules remove -> true;
            case Change.CloseWindow close -> true;
            case Change.CutFlows cut -> false;
            case Change.SaveRules save -> false;
            case Change.Reserve reserve -> false;
            case Change.Unreserve unreserve -> false;
        };
    }

    private void other(Change change) throws RouterException {
        if (change instanceof Change.CutFlows cut) {
            cutFlows(cut.addresses());
        } else if (change instanceof Change.Reserve reserve) {
            dhcp.reserve(reserve.reservation(), lastLook().interfaces());
        } else if (change instanceof Change.Unreserve unreserve) {
            dhcp.unreserve(unreserve.reservation());
        }
        // And what is configured is saved.
    }

    /** All changes of rules that follow one another come into force by one load of the filter. */
    private void flush(List<Change> together, Consumer<Change> done) throws RouterException {
        if (together.isEmpty()) {
            return;
        }
        PfSenseObserver.Look look = lastLook();
        Map<String, DeviceRules> wanted = new LinkedHashMap<>();
        look.wanted().forEach(rules -> wanted.put(rules.device(), rules));
        Map<String, Scheduled.Window> windows = openWindows();
        for (Change change : together) {
            if (change instanceof Change.LayRules lay) {
                lay.all().forEach(rules -> wanted.put(rules.device(), rules));
            } else if (change instanceof Change.SetRules set) {
                wanted.put(set.rules().device(), set.rules());
            } else if (change instanceof Change.RemoveRules remove) {
                wanted.remove(remove.rules().device());
            } else if (change instanceof Change.CloseWindow close) {
                windows.remove(close.device());
            }
        }
        lay(look, List.copyOf(wanted.values()), windows);
        together.forEach(done);
        together.clear();
    }

    private Map<String, Scheduled.Window> openWindows() throws RouterException {
        return new HashMap<>(Configured.read(api).scheduled(clock.instant()).byDevice());
    }

    private void lay(PfSenseObserver.Look look, List<DeviceRules> wanted, Map<String, Scheduled.Window> windows)
            throws RouterException {
        PfLayout layout = observer.layout(look, wanted, canarySource(), new Scheduled(windows));
        laying.lay(layout, look.wording());
        refusing = refusing(Configured.read(api));
    }

    @Override
    public void openWindow(Device device, Duration length) throws RouterException {
        PfSenseObserver.Look look = look();
        Instant now = clock.instant();
        // The description of a rule tells whole seconds.
        Instant until = Instant.ofEpochSecond(now.plus(length).getEpochSecond());
        WindowSchedule times =
                WindowSchedule.covering(now, until, look.configured().zone());
        String name = schedules.make(device.name(), until, times);
        Map<String, Scheduled.Window> windows = openWindows();
        windows.put(device.name(), new Scheduled.Window(until, name));
        lay(look, look.wanted(), windows);
    }

    @Override
    public void closeWindow(String device) throws RouterException {
        PfSenseObserver.Look look = look();
        Map<String, Scheduled.Window> windows = openWindows();
        windows.remove(device);
        lay(look, look.wanted(), windows);
    }

    @Override
    public int cutFlows(Set<InetAddress> addresses) throws RouterException {
        return states.cut(addresses);
    }

    @Override
    public List<OpenFlow> openFlows(Set<InetAddress> addresses) throws RouterException {
        return states.fromTheHouse().stream()
                .filter(state -> addresses.contains(state.source().address()) && !state.over())
                .map(PfState::open)
                .toList();
    }

    @Override
    public Optional<Canary> canary() {
        return router.access().syslog().isPresent() ? canary.canary() : Optional.empty();
    }

    @Override
    public void sendCanary() throws RouterException {
        if (router.access().syslog().isPresent()) {
            canary.send();
        }
    }

    @Override
    public EvidenceAccess evidence() {
        if (own.isEmpty()) {
            try {
                look();
            } catch (RouterException unreachable) {
                // Then nobody is believed yet; the guard tells of the failure itself when it observes.
                own = Set.of();
            }
        }
        return new EvidenceAccess.OfRouter(
                router.access()
                        .syslog()
                        .map(listen -> new EvidenceAccess.FilterLog(
                                remote.namespace(), listen, own, () -> refusing, address -> own.contains(address))),
                Optional.of(new EvidenceAccess.StateTable(states::tracked, STATES_INTERVAL)));
    }

    @Override
    public List<String> uninstall() throws RouterException {
        List<String> removed = new ArrayList<>(dhcp.removeOurs());
        List<String> ours = Configured.read(api).allOurs();
        if (!ours.isEmpty()) {
            laying.lay(PfLayout.NOTHING, new PfSenseWording(PfSenseInterfaces.read(api)));
            removed.addAll(ours);
            List<String> left = Configured.read(api).allOurs();
            if (!left.isEmpty()) {
                throw new RouterException.ReadBackDiffers(
                        left.stream().map(one -> one + " is still there").toList());
            }
        }
        last = Optional.empty();
        return removed;
    }

    @Override
    public void close() {
        remote.http().close();
    }
}
