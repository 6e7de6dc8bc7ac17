package org.funkstille.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.network.Card;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.Segment;

/**
 * The {@code funkstille.yaml} of a lab.
 *
 * @param file where it belongs
 */
record HomeFile(Path file, String text) {

    static HomeFile of(Lab lab) {
        String text = """
                # The virtual home '%1$s'.
                routers:
                  - name: home
                    type: linux
                    via: netns:%2$s
                    root: %3$s
                    dhcp: {hosts: %4$s, leases: %5$s}
                networks:
                  - %6$s
                  - %7$s
                  - {name: internet, interface: wan0}
                devices:
                  - name: aqara-gateway
                    mac: "%8$s"
                    address: %9$s
                    network: iot
                    profile: lumi.gateway.v3
                    policy: silent
                    answer: reject
                    reach: [hub]
                  - {name: vacuum, mac: "%10$s", network: iot, policy: online}
                  - {name: hub, mac: "%11$s", address: %12$s, network: lan, policy: online}
                journal: {file: %13$s}
                """.formatted(
                        lab.name(),
                        lab.name().namespaceName(HostName.ROUTER),
                        lab.router().root(),
                        lab.router().dhcpHosts(),
                        lab.router().dhcpLeases(),
                        network(Segment.LAN),
                        network(Segment.IOT),
                        Card.of(HostName.GATEWAY).mac(),
                        Segment.IOT.ipv4(50),
                        Card.of(HostName.VACUUM).mac(),
                        Card.of(HostName.HUB).mac(),
                        Hub.ADDRESS.getHostAddress(),
                        lab.directory().resolve("state/journal.db"));
        return new HomeFile(lab.directory().resolve("funkstille.yaml"), text);
    }

    private static String network(Segment segment) {
        String ipv6 = String.join(
                ", ",
                segment.ipv6Networks().stream()
                        .map(network -> '"' + network + "/64\"")
                        .toList());
        return "{name: %s, interface: %s, address: %s, address6: [%s], pool: %s-%s}"
                .formatted(
                        segment.text(),
                        segment.routerInterface(),
                        segment.ipv4Prefix(),
                        ipv6,
                        segment.poolStart(),
                        segment.poolEnd());
    }

    void write() throws IOException {
        Files.writeString(file, text);
    }
}
