package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.kernel.Command;
import org.funkstille.lab.router.Router;

/**
 * Puts reservations into the lab's dnsmasq, which serves in the place of each DHCP server of OPNsense: a file for each in
 * {@code dhcp-hostsdir}, read as it comes; SIGHUP makes it forget what is gone.
 */
final class Reservations {

    private static final String MARK = "opnsense-";

    private final Router router;
    private final Configuration configuration;

    Reservations(Router router, Configuration configuration) {
        this.router = router;
        this.configuration = configuration;
    }

    /** Makes the server do what the configuration says. */
    void apply() throws IOException, InterruptedException {
        Map<String, String> wanted = wanted();
        boolean gone = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(router.dhcpHosts(), MARK + "*")) {
            for (Path file : files) {
                String line = wanted.get(file.getFileName().toString());
                if (!Files.readString(file).equals(line)) {
                    Files.delete(file);
                    gone = true;
                }
            }
        }
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            Path path = router.dhcpHosts().resolve(file.getKey());
            if (!Files.exists(path)) {
                Files.writeString(path, file.getValue());
            }
        }
        if (gone) {
            hangUp();
        }
    }

    private void hangUp() throws IOException, InterruptedException {
        String pid = Files.readString(router.root().resolve("run/dnsmasq.pid")).strip();
        router.host().run(Command.of("kill", "-HUP", pid));
    }

    /** Lines of dnsmasq by the names of their files. */
    private Map<String, String> wanted() {
        Map<String, String> wanted = new HashMap<>();
        switch (configuration.options().dhcp()) {
            case ISC -> {}
            case DNSMASQ -> {
                for (Item host : configuration.hosts().all()) {
                    put(wanted, host, host.get("hwaddr"), host.get("ip"), host.get("host"));
                }
            }
            case KEA -> {
                for (Item reservation : configuration.reservations().all()) {
                    String mac = reservation.get("hw_address").replace('-', ':');
                    put(wanted, reservation, mac, reservation.get("ip_address"), reservation.get("hostname"));
                }
            }
        }
        return wanted;
    }

    private static void put(Map<String, String> wanted, Item item, String macs, String address, String name) {
        if (macs.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>(List.of(macs, address, name));
        parts.removeIf(String::isEmpty);
        wanted.put(MARK + item.uuid(), String.join(",", parts) + "\n");
    }
}
