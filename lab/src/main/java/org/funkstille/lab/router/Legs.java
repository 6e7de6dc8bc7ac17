package org.funkstille.lab.router;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Segment;

/** The router's interfaces and their addresses. */
final class Legs {

    private static final String WAN = "wan0";

    private final Host router;

    Legs(Host router) {
        this.router = router;
    }

    void up() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Segment segment : Segment.values()) {
            String leg = segment.routerInterface();
            lines.add("addr replace %s/24 dev %s".formatted(segment.routerIpv4(), leg));
            lines.add("link set %s up".formatted(leg));
            for (String network : segment.ipv6Networks()) {
                lines.add("addr replace %s1/64 dev %s nodad".formatted(network, leg));
            }
        }
        // Documentation ranges (RFC 5737, RFC 3849) stand in for what a provider would assign.
        lines.add("addr replace 198.51.100.2/30 dev " + WAN);
        lines.add("link set " + WAN + " up");
        lines.add("addr replace 2001:db8:ffff::2/64 dev " + WAN + " nodad");
        lines.add("route replace default via 198.51.100.1 dev " + WAN);
        lines.add("route replace default via 2001:db8:ffff::1 dev " + WAN);
        router.ip(String.join("\n", lines) + "\n");
    }

    void down() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String leg : List.of(WAN, Segment.LAN.routerInterface(), Segment.IOT.routerInterface())) {
            lines.add("link set " + leg + " down");
            lines.add("addr flush dev " + leg);
        }
        router.ip(String.join("\n", lines) + "\n");
    }
}
