package org.funkstille.lab.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Processes;
import org.funkstille.lab.network.RunningProcess;
import org.funkstille.lab.network.Segment;
import org.funkstille.lab.network.Waiting;
import org.jspecify.annotations.Nullable;

/** The router's real DHCP server, resolver and sender of IPv6 router advertisements. */
final class Dnsmasq {

    private static final Duration START_LIMIT = Duration.ofSeconds(3);

    private final Host router;
    private final Processes processes;
    private final Path root;
    private final Path configuration;
    private final Path pidFile;
    private final Path log;
    private @Nullable RunningProcess server;

    Dnsmasq(Host router, Processes processes) {
        this.router = router;
        this.processes = processes;
        this.root = router.lab().routerRoot();
        this.configuration = root.resolve("etc/dnsmasq.conf");
        this.pidFile = root.resolve("run/dnsmasq.pid");
        this.log = root.resolve("var/log/dnsmasq.log");
    }

    Path hosts() {
        return root.resolve("etc/dnsmasq.d/hosts");
    }

    Path leases() {
        return root.resolve("var/lib/misc/dnsmasq.leases");
    }

    void configure() throws IOException {
        for (Path directory : List.of(hosts(), leases().getParent(), pidFile.getParent(), log.getParent())) {
            Files.createDirectories(directory);
        }
        Files.writeString(configuration, String.join("\n", options()) + "\n");
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "# The owner's configuration.",
                "user=root",
                "bind-dynamic",
                "interface=lan0",
                "interface=iot0",
                "no-resolv",
                "no-hosts",
                "server=198.51.100.1",
                "dhcp-authoritative",
                "no-ping", // would cost three seconds for each new lease
                "enable-ra",
                "dhcp-hostsdir=" + hosts(),
                "dhcp-leasefile=" + leases(),
                "pid-file=" + pidFile,
                "log-facility=" + log,
                "log-dhcp",
                "conf-dir=" + hosts().getParent() + ",*.conf"));
        for (Segment segment : Segment.values()) {
            options.add("dhcp-range=set:%s,%s,%s,2m".formatted(segment.text(), segment.poolStart(), segment.poolEnd()));
            for (String network : segment.ipv6Networks()) {
                options.add("dhcp-range=%s,ra-only".formatted(network));
            }
        }
        return options;
    }

    /** Starts it and waits until it serves: it writes its process id only after it has opened all its sockets. */
    void start() throws IOException, InterruptedException {
        Files.deleteIfExists(pidFile);
        RunningProcess started = processes.start(
                router, List.of("dnsmasq", "--keep-in-foreground", "--conf-file=" + configuration), Map.of(), log);
        server = started;
        boolean serving = Waiting.until(() -> Files.exists(pidFile) || !started.alive(), START_LIMIT);
        if (!serving || !started.alive()) {
            throw new IOException(router + ": dnsmasq does not serve; its messages are:\n" + Files.readString(log));
        }
    }

    void stop() throws IOException, InterruptedException {
        if (server != null) {
            processes.end(server);
            server = null;
        }
    }
}
