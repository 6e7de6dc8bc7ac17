package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * The box's packet filter: a table of its own in place of the Linux owner's. Who is in the house may go everywhere, but
 * for those who are locked, who may not go out; from outside nothing comes in. The file that the lab's router loads when
 * it boots has the table too, so that no packet passes by it after a restart.
 */
final class PacketRules {

    private static final String OWNERS_TABLE = "table inet filter {";

    private final Host router;
    private final Options options;
    private final Path bootFile;
    private final String ownersText;

    PacketRules(Host router, Options options) throws IOException {
        this.router = router;
        this.options = options;
        this.bootFile = router.lab().routerRoot().resolve("etc/nftables.conf");
        this.ownersText = Files.readString(bootFile);
    }

    /** Takes the Linux owner's table away, and filters from now on. */
    void takeOver(Map<InetAddress, Mac> locked) throws IOException, InterruptedException {
        nft("table inet filter {}\ndelete table inet filter\n" + replacement(locked));
        keep(locked);
    }

    void apply(Map<InetAddress, Mac> locked) throws IOException, InterruptedException {
        nft(replacement(locked));
        keep(locked);
    }

    private void keep(Map<InetAddress, Mac> locked) throws IOException {
        Files.writeString(bootFile, withoutOwnersTable(ownersText) + table(locked));
    }

    /** Gives the router back to its Linux owner. */
    void giveBack() throws IOException, InterruptedException {
        Files.writeString(bootFile, ownersText);
        nft("table inet fritzbox {}\ndelete table inet fritzbox\n" + ownersTable());
    }

    private String ownersTable() {
        int start = ownersText.indexOf(OWNERS_TABLE);
        return start < 0 ? "" : ownersText.substring(start, endOfTable(ownersText, start));
    }

    private static String withoutOwnersTable(String text) {
        int start = text.indexOf(OWNERS_TABLE);
        return start < 0 ? text : text.substring(0, start) + text.substring(endOfTable(text, start));
    }

    private static int endOfTable(String text, int start) {
        int end = text.indexOf("\n}\n", start);
        return end < 0 ? text.length() : end + 3;
    }

    private static String replacement(String table) {
        return "table inet fritzbox {}\ndelete table inet fritzbox\n" + table;
    }

    private String replacement(Map<InetAddress, Mac> locked) {
        return replacement(table(locked));
    }

    private String table(Map<InetAddress, Mac> locks) {
        Map<InetAddress, Mac> locked = new TreeMap<>(Addresses.ORDER);
        locked.putAll(locks);
        String established = "    ct state established,related accept\n";
        boolean flowsLiveOn = options.has(Quirk.OPEN_FLOWS_LIVE_ON);
        return "table inet fritzbox {\n"
                + set(
                        "locked",
                        "ipv4_addr",
                        locked.keySet().stream().map(Addresses::text).toList())
                + set(
                        "locked_cards",
                        "ether_addr",
                        locked.values().stream().map(Mac::toString).distinct().toList())
                + "  chain input {\n    type filter hook input priority filter; policy drop;\n"
                + (options.has(Quirk.RESOLVER_REFUSES_LOCKED) ? resolver() : "")
                + established
                + """
                    iifname { "lo", "lan0", "iot0" } accept
                    meta l4proto ipv6-icmp accept
                    icmp type echo-request accept
                  }
                  chain forward {
                    type filter hook forward priority filter; policy drop;
                """
                + (flowsLiveOn ? established : "")
                + locks()
                + (flowsLiveOn ? "" : established)
                + "    iifname { \"lan0\", \"iot0\" } accept\n  }\n}\n";
    }

    private static String resolver() {
        return """
                    ip saddr @locked meta l4proto { tcp, udp } th dport 53 drop
                    meta nfproto ipv6 ether saddr @locked_cards meta l4proto { tcp, udp } th dport 53 drop
                """;
    }

    private String locks() {
        String ipv4 = """
                    oifname "wan0" ip saddr @locked drop
                    iifname "wan0" ip daddr @locked drop
                """;
        String ipv6 = "    oifname \"wan0\" meta nfproto ipv6 ether saddr @locked_cards drop\n";
        return options.has(Quirk.IPV6_STAYS_OPEN) ? ipv4 : ipv4 + ipv6;
    }

    private static String set(String name, String type, Collection<String> elements) {
        String listed =
                elements.isEmpty() ? "" : elements.stream().collect(Collectors.joining(", ", " elements = { ", " };"));
        return "  set %s { type %s;%s }\n".formatted(name, type, listed);
    }

    private void nft(String commands) throws IOException, InterruptedException {
        router.run(Command.of("nft", "-f", "-").withInput(commands));
    }
}
