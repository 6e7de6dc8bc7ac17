package org.funkstille.lab.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Processes;

/** The router of the virtual home: a plain Linux with nftables, conntrack and dnsmasq. */
public final class Router {

    private static final String BEFORE_NETWORK = "network-pre.target";
    private static final Duration UNIT_LIMIT = Duration.ofSeconds(20);

    private final Host host;
    private final OwnersRules rules;
    private final Legs legs;
    private final Dnsmasq dnsmasq;

    public Router(Host host, Processes processes) {
        this.host = host;
        this.rules = new OwnersRules(host);
        this.legs = new Legs(host);
        this.dnsmasq = new Dnsmasq(host, processes);
    }

    /** Writes the owner's files and boots for the first time. */
    public void install() throws IOException, InterruptedException {
        rules.write();
        dnsmasq.configure();
        // As on any Linux with systemd: there is a place for units to be enabled in.
        Files.createDirectories(root().resolve("etc/systemd/system/multi-user.target.wants"));
        boot();
    }

    public Host host() {
        return host;
    }

    /** Where its files are: what is {@code /etc} on a machine of its own is {@code etc} below this. */
    public Path root() {
        return host.lab().routerRoot();
    }

    /** The directory of reservations, {@code dhcp-hostsdir=}. */
    public Path dhcpHosts() {
        return dnsmasq.hosts();
    }

    public Path dhcpLeases() {
        return dnsmasq.leases();
    }

    /** The lines of the lease file; none before the first lease. */
    public List<String> leases() throws IOException {
        try {
            return Files.readAllLines(dhcpLeases());
        } catch (NoSuchFileException noneYet) {
            return List.of();
        }
    }

    /**
     * Switches the router off and on: all that was only in memory is lost. Comes back when dnsmasq serves again; the
     * devices notice in their own time.
     */
    public Boot restart() throws IOException, InterruptedException {
        dnsmasq.stop();
        legs.down();
        host.run(Command.of("nft", "flush", "ruleset"));
        host.run(Command.of("conntrack", "-F"));
        return boot();
    }

    /**
     * The order of systemd.special(7): {@code network-pre.target} is passed before any interface is configured, so a
     * unit that orders itself before it can set up a packet filter while no packet can pass.
     */
    private Boot boot() throws IOException, InterruptedException {
        List<Boot.Step> steps = new ArrayList<>();
        for (BootUnit unit : BootUnit.enabled(root())) {
            if (unit.runsBefore(BEFORE_NETWORK)) {
                for (List<String> argv : unit.commands()) {
                    steps.add(run(unit.name(), argv));
                }
            }
        }
        rules.load();
        legs.up();
        dnsmasq.start();
        return new Boot(steps);
    }

    /** A unit that fails does not stop the boot; that is how systemd has it. */
    private Boot.Step run(String unit, List<String> argv) throws InterruptedException {
        try {
            Command.Result result =
                    host.here(Command.of(argv)).within(UNIT_LIMIT).run();
            return new Boot.Step(unit, argv, result.exit(), result.out() + result.err());
        } catch (IOException cannotStart) {
            return new Boot.Step(unit, argv, -1, String.valueOf(cannotStart.getMessage()));
        }
    }
}
