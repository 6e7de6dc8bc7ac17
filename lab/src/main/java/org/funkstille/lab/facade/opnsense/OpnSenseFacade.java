package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.http.FacadeServer;
import org.funkstille.lab.facade.http.Faults;
import org.funkstille.lab.facade.pf.BoxClock;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.network.Segment;

/**
 * An OPNsense in the place of the lab's router. It serves at {@code https://192.168.1.1} and {@code https://192.168.20.1},
 * and its rules act on the lab's packets.
 */
public final class OpnSenseFacade implements AutoCloseable {

    private static final String KEY = "lsGKVkqs7zyMfFBdZ2gVxjYKQ9QbF0VrTqMZpJ0nO6wXhD8c";
    private static final String SECRET = "J1xw9CqvTn4bYdRk5sUeHm2Zp7LgA0fWoQ3iVt8XyNcBzKr6";
    private static final String HOST_NAME = "OPNsense.internal";

    private final Lab lab;
    private final BoxClock clock;
    private final BootGuard bootGuard;
    private final Pf pf;
    private final Configuration configuration;
    private final Box box;
    private final RuleStats stats;
    private final Rollback rollback;
    private final Reservations reservations;
    private final SyslogApi syslog;
    private final Faults faults = new Faults();
    private final FacadeServer server;

    private OpnSenseFacade(Lab lab, Options options) throws IOException, InterruptedException {
        this.lab = lab;
        this.clock = new BoxClock(options.zone());
        this.bootGuard = new BootGuard(lab.router());
        this.pf = Pf.takeOver(lab.router().host(), clock, HOST_NAME);
        this.configuration = new Configuration(options, clock);
        this.box = new Box(configuration, pf, clock, new Neighbours(lab.router().host()));
        this.stats = new RuleStats(box);
        this.rollback = new Rollback(box);
        this.reservations = new Reservations(lab.router(), configuration);
        this.syslog = new SyslogApi(box, HOST_NAME);
        Api api = new Api(box, routes(), faults, key());
        this.server = FacadeServer.https(lab.router().host().namespace(), addresses(), HOST_NAME, faults, api::answer);
    }

    /** Takes the router of a lab over. The lab is not closed with it. */
    public static OpnSenseFacade takeOver(Lab lab, Options options) throws IOException, InterruptedException {
        OpnSenseFacade facade = new OpnSenseFacade(lab, options);
        facade.bootGuard.install();
        facade.start();
        facade.cron();
        return facade;
    }

    private Routes routes() {
        Leases leases = new Leases(lab.router());
        Routes routes = new Routes();
        new FilterApi(box, rollback, stats).routes(routes);
        new AliasApi(box).routes(routes);
        new TableApi(box).routes(routes);
        new StateApi(box).routes(routes);
        new DiagnosticsApi(box).routes(routes);
        new InterfaceApi(box, leases).routes(routes);
        new DhcpApi(box, leases, reservations).routes(routes);
        syslog.routes(routes);
        new CoreApi(box, HOST_NAME).routes(routes);
        return routes;
    }

    private static List<InetSocketAddress> addresses() {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Segment segment : Segment.values()) {
            addresses.add(new InetSocketAddress(Addresses.parse(segment.routerIpv4()), 443));
        }
        return addresses;
    }

    /** What a boot does: all comes from the configuration. */
    private void start() throws IOException, InterruptedException {
        synchronized (box) {
            box.loadRules();
            box.loadAliases();
            reservations.apply();
            syslog.apply();
        }
    }

    private void cron() {
        clock.every(Duration.ofSeconds(10), () -> locked(rollback::tick));
        clock.every(Duration.ofSeconds(30), () -> locked(box::refreshMacAliases));
        clock.every(Duration.ofMinutes(1), () -> locked(() -> box.expireEntries(true)));
        clock.every(Duration.ofMinutes(15), () -> locked(() -> box.expireEntries(false)));
    }

    private interface Job {
        void run() throws IOException, InterruptedException;
    }

    private void locked(Job job) {
        synchronized (box) {
            try {
                job.run();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The key and the secret of the user that may use the interface, with a colon between. */
    public String key() {
        return KEY + ":" + SECRET;
    }

    /** Its clock, which tests may advance; what its cron does meanwhile is done then. */
    public BoxClock clock() {
        return clock;
    }

    /** What goes wrong with requests. */
    public Faults faults() {
        return faults;
    }

    /** The web server: its certificate, and what it was asked. */
    public FacadeServer server() {
        return server;
    }

    /** pf, as somebody on the console sees it. */
    public Pf pf() {
        return pf;
    }

    /** The whole configuration. What an owner wrote must be found in it again, byte for byte. */
    public String configuration() {
        synchronized (box) {
            return configuration.text();
        }
    }

    /** {@code /tmp/rules.debug}: what was written for pf at last. */
    public String rulesDebug() {
        return pf.ruleset().text();
    }

    /** Power off and on. States, counters and what is in tables of external aliases are lost. No packet gets through. */
    public void restart() throws IOException, InterruptedException {
        synchronized (box) {
            lab.router().restart();
            pf.forget();
            stats.flush();
            rollback.forget();
        }
        start();
        bootGuard.lift();
        server.restart();
    }

    @Override
    public void close() throws IOException {
        server.close();
        clock.close();
        try {
            bootGuard.remove();
        } finally {
            pf.close();
        }
    }
}
