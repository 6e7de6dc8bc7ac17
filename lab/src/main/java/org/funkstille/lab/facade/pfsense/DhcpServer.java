package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Segment;
import org.funkstille.lab.router.Router;

/** pfSense's DHCP server, which is the lab's dnsmasq: what is mapped here is what devices get. */
final class DhcpServer {

    /** Of file names in the directory of reservations. */
    private static final String MARK = "pfsense-";

    /** dnsmasq.conf of the lab: leases are for two minutes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Router router;
    private final Configuration configuration;
    private boolean pending;

    DhcpServer(Router router, Configuration configuration) {
        this.router = router;
        this.configuration = configuration;
    }

    synchronized void changed() {
        pending = true;
    }

    synchronized boolean isPending() {
        return pending;
    }

    /** {@code services_dhcpd_configure}. */
    synchronized void apply() throws IOException, InterruptedException {
        Map<String, String> wanted = new HashMap<>();
        for (Section section : configuration.mappings().values()) {
            for (Json.Fields mapping : section.objects()) {
                String address = mapping.get("ipaddr").plain();
                String mac = mapping.get("mac").plain().toLowerCase(Locale.ROOT);
                if (!address.isEmpty()) {
                    wanted.put(MARK + mac.replace(":", ""), mac + "," + address + "\n");
                }
            }
        }
        boolean removed = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(router.dhcpHosts(), MARK + "*")) {
            for (Path file : files) {
                String line = wanted.get(file.getFileName().toString());
                if (line == null || !line.equals(Files.readString(file))) {
                    Files.delete(file);
                    removed = true;
                }
            }
        }
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            Path path = router.dhcpHosts().resolve(file.getKey());
            if (!Files.exists(path)) {
                Files.writeString(path, file.getValue());
            }
        }
        if (removed) {
            reread();
        }
        pending = false;
    }

    /** dnsmasq notices a new file by itself, and forgets one that is gone when it gets SIGHUP. */
    private void reread() throws IOException, InterruptedException {
        String pid = Files.readString(router.root().resolve("run/dnsmasq.pid")).strip();
        router.host().run(Command.of("kill", "-HUP", pid));
    }

    /** {@code status/dhcp_server/leases}: RESTAPI/Models/DHCPServerLease.inc, system_get_dhcpleases(). */
    List<Json.Fields> leases(List<String> online) throws IOException {
        Map<String, Json.Fields> byMac = new LinkedHashMap<>();
        configuration.mappings().forEach((id, section) -> {
            for (Json.Fields mapping : section.objects()) {
                String address = mapping.get("ipaddr").plain();
                String mac = mapping.get("mac").plain().toLowerCase(Locale.ROOT);
                byMac.put(
                        mac + " " + address,
                        lease(address, mac, mapping.get("hostname").plain(), id, "", "", "static", online)
                                .with("descr", mapping.get("descr")));
            }
        });
        for (String line : router.leases()) {
            String[] words = line.split(" ");
            if (words.length < 4 || !words[1].contains(":")) {
                continue;
            }
            Instant ends = Instant.ofEpochSecond(Long.parseLong(words[0]));
            String name = words[3].equals("*") ? "" : words[3];
            byMac.putIfAbsent(
                    words[1] + " " + words[2],
                    lease(
                            words[2],
                            words[1],
                            name,
                            interfaceOf(words[2]),
                            configuration.time().lease(ends.minus(LEASE)),
                            configuration.time().lease(ends),
                            "active",
                            online));
        }
        List<Json.Fields> leases = new ArrayList<>();
        byMac.values().forEach(lease -> leases.add(Endpoints.withId(leases.size(), lease)));
        return leases;
    }

    private static Json.Fields lease(
            String ip,
            String mac,
            String name,
            String id,
            String starts,
            String ends,
            String state,
            List<String> online) {
        return Json.fields(
                "ip",
                ip,
                "mac",
                mac,
                "hostname",
                name.isEmpty() ? Json.none() : Json.of(name),
                "if",
                id,
                "starts",
                starts.isEmpty() ? Json.none() : Json.of(starts),
                "ends",
                ends.isEmpty() ? Json.none() : Json.of(ends),
                "active_status",
                state,
                "online_status",
                online.contains(ip) ? "active/online" : "idle/offline",
                "descr",
                Json.none());
    }

    private String interfaceOf(String address) {
        return configuration.interfaces().stream()
                .filter(one -> one.segment()
                        .map(Segment::ipv4Prefix)
                        .map(Prefix::parse)
                        .filter(prefix -> prefix.contains(Addresses.parse(address)))
                        .isPresent())
                .map(HomeInterface::id)
                .findFirst()
                .orElse("");
    }
}
