package org.funkstille.lab.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * The rules that the owner of the home had before Funkstille came: those of a common guide, careless in the way such
 * guides are. "Established" is accepted before anything else, so a rule added behind it does not stop open flows.
 *
 * <p>The relay copies the gateway's multicast into the LAN. The kernel does not route 224.0.0.0/24 (RFC 5771, Local
 * Network Control Block), and clients want the gateway's own source address, which {@code dup} keeps. A copy leaves by
 * lan0 and does not pass an ingress hook again, so nothing can go round.
 */
final class OwnersRules {

    private static final String TEXT = """
            # The owner's rules. Loaded at boot.
            table inet filter {
              chain input {
                type filter hook input priority filter; policy drop;
                ct state established,related accept
                iifname { "lo", "lan0", "iot0" } accept
                meta l4proto ipv6-icmp accept
                icmp type echo-request accept
              }
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
                iifname { "lan0", "iot0" } oifname "wan0" accept
                iifname "lan0" oifname "iot0" accept
                iifname "iot0" oifname "lan0" drop
              }
            }
            table ip nat {
              chain postrouting {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "wan0" masquerade
              }
            }
            table netdev relay {
              chain iot {
                type filter hook ingress device "iot0" priority filter; policy accept;
                ip daddr 224.0.0.50 udp dport 9898 dup to "lan0"
              }
            }
            """;

    private final Host router;
    private final Path file;

    OwnersRules(Host router) {
        this.router = router;
        this.file = router.lab().routerRoot().resolve("etc/nftables.conf");
    }

    void write() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, TEXT);
    }

    void load() throws IOException, InterruptedException {
        router.run(Command.of("nft", "-f", file.toString()));
    }
}
