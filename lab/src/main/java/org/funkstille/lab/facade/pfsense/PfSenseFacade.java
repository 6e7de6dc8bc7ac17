package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.http.FacadeServer;
import org.funkstille.lab.facade.http.Faults;
import org.funkstille.lab.facade.http.ServerIdentity;
import org.funkstille.lab.facade.pf.BoxClock;
import org.funkstille.lab.facade.pf.Pf;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.SyslogDestination;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Segment;
import org.funkstille.lab.router.Router;

/**
 * A pfSense in place of the lab's router: CE 2.8 with the REST API package, LAN and an interface IOT, and the rules of a
 * careless owner. Its web server is at 192.168.1.1 and 192.168.20.1, port 443.
 */
public final class PfSenseFacade implements AutoCloseable {

    private static final int HTTPS = 443;
    private static final String CERTIFICATE = "pfSense-6740d0c1b2f3a";
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** sshguard's first punishment. */
    private static final Duration LOCKED_OUT = Duration.ofMinutes(2);

    private final Router router;
    private final BoxClock clock;
    private final Pf pf;
    private final Configuration configuration;
    private final Filter filter;
    private final DhcpServer dhcp;
    private final Access access;
    private final ApiMap map;
    private final LogSettings logs = new LogSettings();
    private final Faults faults = new Faults();
    private final FacadeServer server;
    private final Object lock = new Object();

    /**
     * What may differ from one pfSense to the next.
     *
     * @param keyAuth whether API keys are enabled; after the package was installed they are not
     * @param missingPrivileges {@code api-v2-diagnostics-command-prompt-post} and the like, which the user has not
     * @param packageMissing true where the package is not installed, for example after an update of pfSense
     * @param apiVersion of the package
     * @param interfacesAs how answers name interfaces: {@code id}, {@code descr} or {@code if}
     * @param loginProtection whether who gives wrong passwords is locked out
     * @param zone the router's time zone
     */
    public record Options(
            boolean basicAuth,
            boolean keyAuth,
            boolean jwtAuth,
            Set<String> missingPrivileges,
            boolean packageMissing,
            String apiVersion,
            String interfacesAs,
            boolean loginProtection,
            ZoneId zone) {

        public Options {
            missingPrivileges = Set.copyOf(missingPrivileges);
        }

        /** With API keys and all privileges. */
        public static Options usual() {
            return new Options(true, true, false, Set.of(), false, "v2.10.0", "id", true, ZoneId.of("Europe/Berlin"));
        }

        /** @param path below {@code /api/v2/} */
        public Options without(String method, String path) {
            Set<String> more = new HashSet<>(missingPrivileges);
            more.add(Access.privilege(path, method));
            return new Options(
                    basicAuth, keyAuth, jwtAuth, more, packageMissing, apiVersion, interfacesAs, loginProtection, zone);
        }

        public Options withoutCommandPrompt() {
            return without("POST", "diagnostics/command_prompt");
        }

        public Options withKeyAuth(boolean wanted) {
            return new Options(
                    basicAuth,
                    wanted,
                    jwtAuth,
                    missingPrivileges,
                    packageMissing,
                    apiVersion,
                    interfacesAs,
                    loginProtection,
                    zone);
        }

        public Options withJwtAuth(boolean wanted) {
            return new Options(
                    basicAuth,
                    keyAuth,
                    wanted,
                    missingPrivileges,
                    packageMissing,
                    apiVersion,
                    interfacesAs,
                    loginProtection,
                    zone);
        }

        public Options withoutPackage() {
            return new Options(
                    basicAuth,
                    keyAuth,
                    jwtAuth,
                    missingPrivileges,
                    true,
                    apiVersion,
                    interfacesAs,
                    loginProtection,
                    zone);
        }

        public Options withApiVersion(String version) {
            return new Options(
                    basicAuth,
                    keyAuth,
                    jwtAuth,
                    missingPrivileges,
                    packageMissing,
                    version,
                    interfacesAs,
                    loginProtection,
                    zone);
        }

        public Options withInterfacesAs(String representation) {
            return new Options(
                    basicAuth,
                    keyAuth,
                    jwtAuth,
                    missingPrivileges,
                    packageMissing,
                    apiVersion,
                    representation,
                    loginProtection,
                    zone);
        }

        public Options withLoginProtection(boolean wanted) {
            return new Options(
                    basicAuth,
                    keyAuth,
                    jwtAuth,
                    missingPrivileges,
                    packageMissing,
                    apiVersion,
                    interfacesAs,
                    wanted,
                    zone);
        }

        public Options withZone(ZoneId wanted) {
            return new Options(
                    basicAuth,
                    keyAuth,
                    jwtAuth,
                    missingPrivileges,
                    packageMissing,
                    apiVersion,
                    interfacesAs,
                    loginProtection,
                    wanted);
        }
    }

    private PfSenseFacade(Lab lab, Options options) throws IOException, InterruptedException {
        this.router = lab.router();
        Host host = router.host();
        this.clock = new BoxClock(options.zone());
        BoxTime time = new BoxTime(clock);
        this.pf = Pf.takeOver(host, clock, SystemInformation.HOST);
        this.configuration = new Configuration(time);
        this.filter = new Filter(pf, configuration, lock);
        this.dhcp = new DhcpServer(router, configuration);
        this.access = new Access(options, time);
        this.map = new ApiMap(configuration, filter, dhcp);
        Neighbours neighbours = new Neighbours(host, configuration.interfaces());
        map.configuration(id -> shownAs(id, options.interfacesAs()));
        map.applying();
        new PacketFilterMap(map, pf, new CommandPrompt(pf, neighbours, time)).add();
        SystemInformation system = new SystemInformation(time, options);
        new StatusMap(map, configuration, system, neighbours, dhcp, access, options, logs, pf).add();
        RestApi api =
                new RestApi(options, access, configuration, map.endpoints(), faults::swallows, this::lockOut, lock);
        filter.reload(false);
        this.server = FacadeServer.https(host.namespace(), addresses(), CERTIFICATE, faults, api::answer);
        clock.every(QUARTER, () -> filter.reload(false));
        clock.every(Duration.ofMinutes(1), this::letIn);
    }

    /** Takes the lab's router over. Its web server answers when this returns. */
    public static PfSenseFacade takeOver(Lab lab, Options options) throws IOException, InterruptedException {
        return new PfSenseFacade(lab, options);
    }

    private static List<InetSocketAddress> addresses() {
        return Arrays.stream(Segment.values())
                .map(segment -> new InetSocketAddress(Addresses.parse(segment.routerIpv4()), HTTPS))
                .toList();
    }

    private String shownAs(String id, String representation) {
        Optional<HomeInterface> found = configuration.interfaceCalled(id);
        return switch (representation) {
            case "descr" -> found.map(HomeInterface::descr).orElse(id);
            case "if" -> found.map(one -> one.real().name()).orElse(id);
            default -> id;
        };
    }

    private void lockOut(InetAddress client) {
        PfAddress.Net entry = new PfAddress.Net(new Prefix(client, client.getAddress().length * 8));
        Attempt.to(() -> pf.tables().add("sshguard", List.of(entry)));
    }

    private void letIn() {
        Attempt.of(() -> pf.tables().expire("sshguard", LOCKED_OUT));
    }

    /** A local user that may use the API. */
    public String user() {
        return access.user();
    }

    public String password() {
        return access.password();
    }

    /** A key of that user, in hexadecimal digits. */
    public String apiKey() {
        return access.apiKey();
    }

    public BoxClock clock() {
        return clock;
    }

    public Faults faults() {
        return faults;
    }

    /** Its web server, which knows what was asked. */
    public FacadeServer server() {
        return server;
    }

    public ServerIdentity newCertificate() throws IOException, InterruptedException {
        return server.newCertificate(CERTIFICATE);
    }

    /** The packet filter itself, for what a test wants to see of it. */
    public Pf pf() {
        return pf;
    }

    /** What was configured, by whomever: a line for each object. */
    public String configuration() {
        synchronized (lock) {
            return configuration.text();
        }
    }

    /** What was loaded into pf last: {@code /tmp/rules.debug} as it was when pf took it. */
    public String rulesDebug() {
        return pf.ruleset().text();
    }

    /** Why pf refused the last rule set; the API does not tell. */
    public Optional<String> refusal() {
        return filter.refusal();
    }

    /** Sends the firewall's log there, whatever the settings say. */
    public void logTo(List<SyslogDestination> destinations) {
        pf.log().sendTo(destinations);
    }

    /** Switches it off and on: states, counters and what only pf's tables know are lost, the configuration is not. */
    public void restart() throws IOException, InterruptedException {
        synchronized (lock) {
            pf.forget();
            router.restart();
            pf.forget();
            filter.reload(false);
        }
        server.restart();
    }

    @Override
    public void close() throws IOException {
        clock.close();
        server.close();
        filter.close();
        map.close();
        pf.close();
    }
}
