package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.Canary;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.ProbeResult;
import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.RouterIdentity;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.fritzbox.tr064.Service;
import org.funkstille.routers.fritzbox.tr064.SoapAnswer;
import org.funkstille.routers.fritzbox.tr064.Tr064;
import org.funkstille.routers.fritzbox.web.PinnedAddresses;

/**
 * Drives FRITZ!Box by TR-064. All that it offers is a lock for an IPv4 address, which carries no mark and no time; so
 * what is ours, and when a window ends, stands in a file of ours.
 */
public final class FritzBoxDriver implements RouterDriver {

    private final RemoteRouter remote;
    private final Patience patience;
    private final BoxConnection connection;
    private final BoxObserver observer;
    private Optional<Parts> parts = Optional.empty();
    private Optional<ProbeResult> probed = Optional.empty();

    /** What works once the way to the box is known. */
    private record Parts(
            Tr064 tr064, SituationReader situations, WindowLocks windows, Pins pins, Changes changes, ProbeRun probe) {}

    FritzBoxDriver(RemoteRouter remote, Patience patience, int plainPort) throws RouterException {
        this.remote = remote;
        this.patience = patience;
        this.connection = new BoxConnection(remote, plainPort);
        this.observer = new BoxObserver(remote.home(), remote.router().access().probe());
    }

    /** Nothing is sent yet. */
    public static RouterDriver open(RemoteRouter remote) throws RouterException {
        return new FritzBoxDriver(remote, Patience.USUAL, Tr064.PLAIN_PORT);
    }

    private Parts parts() throws RouterException {
        if (parts.isEmpty()) {
            Tr064 tr064 = connection.tr064();
            HostReader hosts = new HostReader(tr064);
            SituationReader situations =
                    new SituationReader(remote.home(), hosts, connection.ledger(), patience, remote.clock());
            Locks locks = new Locks(tr064, hosts, connection.ledger(), patience);
            WindowLocks windows =
                    new WindowLocks(remote.home(), situations, locks, connection.ledger(), remote.clock());
            Pins pins = new Pins(
                    remote.home(),
                    new PinnedAddresses(connection.session()),
                    connection.ledger(),
                    remote.router().access().may(RouterAccess.Right.WEB_INTERFACE));
            Changes changes = new Changes(remote.home(), situations, locks, windows, pins, connection.ledger());
            parts = Optional.of(new Parts(
                    tr064,
                    situations,
                    windows,
                    pins,
                    changes,
                    new ProbeRun(
                            remote.namespace(),
                            connection.host(),
                            tr064,
                            situations,
                            locks,
                            connection.ledger(),
                            patience,
                            remote.clock())));
        }
        return parts.orElseThrow();
    }

    @Override
    public RouterIdentity identity() throws RouterException {
        SoapAnswer.Values info = parts().tr064().ask(Service.DEVICE_INFO, "GetInfo");
        return new RouterIdentity(
                remote.router().name(),
                info.value("NewModelName").orElse("FRITZ!Box")
                        + info.value("NewSoftwareVersion")
                                .map(version -> ", FRITZ!OS " + version)
                                .orElse(""),
                "nothing: a FRITZ!Box closes no window by itself. Funkstille closes it when its time has come, and at its"
                        + " next start where it was not running then",
                false);
    }

    @Override
    public Observation observe() throws RouterException {
        Situation situation = parts().situations().read();
        LanFacts lan = LanFacts.read(parts().tr064(), connection.host());
        return observer.of(
                situation,
                lan,
                parts().pins().find(),
                probed,
                connection.ledger().damaged());
    }

    @Override
    public SavedRules rules() throws RouterException {
        throw new RouterException.Refused("router " + remote.router().name()
                + ": a FRITZ!Box shows nobody its packet filter, so there is no rule set to read");
    }

    @Override
    public void apply(Plan plan, Consumer<Change> done) throws RouterException {
        if (plan.isEmpty()) {
            return;
        }
        parts().tr064().requireMayChange();
        parts().changes().apply(plan, done);
    }

    @Override
    public void openWindow(Device device, Duration length) throws RouterException {
        parts().tr064().requireMayChange();
        parts().windows().open(device, length);
    }

    @Override
    public void closeWindow(String device) throws RouterException {
        parts().tr064().requireMayChange();
        parts().windows().close(device);
    }

    /** The box has no words for this; a caveat says so. */
    @Override
    public int cutFlows(Set<InetAddress> addresses) {
        return 0;
    }

    /** The box tells nobody; a caveat says so. */
    @Override
    public List<OpenFlow> openFlows(Set<InetAddress> addresses) {
        return List.of();
    }

    @Override
    public Optional<Canary> canary() {
        return Optional.empty();
    }

    @Override
    public void sendCanary() {
        // there is none
    }

    @Override
    public Optional<ProbeResult> probe() {
        Optional<RouterAccess.Probe> host = remote.router().access().probe();
        if (host.isPresent()) {
            try {
                probed = Optional.of(parts().probe().run(host.get()));
            } catch (RouterException unreachable) {
                probed = Optional.of(new ProbeResult(
                        remote.clock().instant(), false, List.of(), String.valueOf(unreachable.getMessage())));
            }
        }
        return host.isPresent() ? probed : Optional.empty();
    }

    @Override
    public EvidenceAccess evidence() {
        return new EvidenceAccess.OfRouter(Optional.empty(), Optional.empty());
    }

    @Override
    public List<String> uninstall() throws RouterException {
        parts().tr064().requireMayChange();
        return parts().changes().uninstall();
    }

    @Override
    public void close() {
        connection.close();
    }
}
