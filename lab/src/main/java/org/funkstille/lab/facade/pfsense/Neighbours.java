package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.kernel.Command;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.network.Host;

/** The router's ARP and NDP tables. */
record Neighbours(Host router, List<HomeInterface> interfaces) {

    private record Entry(String address, String device, String mac, String state) {

        /** {@code 192.168.20.5 dev iot0 lladdr 78:11:dc:12:34:56 REACHABLE}, {@code … router STALE}. */
        static Optional<Entry> parse(String line) {
            String[] words = line.strip().split(" +");
            if (words.length < 6 || !words[1].equals("dev") || !words[3].equals("lladdr")) {
                return Optional.empty();
            }
            return Optional.of(new Entry(words[0], words[2], words[4], words[words.length - 1]));
        }
    }

    private List<Entry> read(Family family) throws IOException, InterruptedException {
        String lines = router.run(Command.of("ip", family == Family.IPV4 ? "-4" : "-6", "neigh", "show"));
        return lines.lines().map(Entry::parse).flatMap(Optional::stream).toList();
    }

    /** Addresses that have answered lately. */
    List<String> online() throws IOException, InterruptedException {
        return read(Family.IPV4).stream().map(Entry::address).toList();
    }

    /** {@code diagnostics/arp_table}: RESTAPI/Models/ARPTable.inc. */
    List<Json.Fields> arpTable() throws IOException, InterruptedException {
        List<Json.Fields> rows = new ArrayList<>();
        for (HomeInterface one : interfaces) {
            String own = one.address(Family.IPV4)
                    .map(PfInterface.Address::address)
                    .map(Addresses::text)
                    .orElseThrow();
            rows.add(row(rows.size(), own, macOf(one.real().device()), one.descr(), true));
        }
        for (Entry entry : read(Family.IPV4)) {
            String descr = interfaces.stream()
                    .filter(one -> one.real().device().equals(entry.device))
                    .map(HomeInterface::descr)
                    .findFirst()
                    .orElse(entry.device);
            rows.add(row(rows.size(), entry.address, entry.mac, descr, false));
        }
        return rows;
    }

    private static Json.Fields row(int id, String address, String mac, String on, boolean permanent) {
        return Json.fields(
                "id", id,
                "hostname", "",
                "ip_address", address,
                "mac_address", mac,
                "interface", on,
                "type", "ethernet",
                "permanent", permanent,
                "dnsresolve", "",
                "expires", permanent ? "" : "Expires in 1180 seconds");
    }

    String macOf(String device) throws IOException, InterruptedException {
        String[] words = router.run(Command.of("ip", "-o", "link", "show", "dev", device))
                .split(" +");
        for (int index = 0; index + 1 < words.length; index++) {
            if (words[index].equals("link/ether")) {
                return words[index + 1];
            }
        }
        return "00:00:00:00:00:00";
    }

    /** {@code ndp -an} of FreeBSD. */
    String ndp() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("%-39s %-17s  %6s %-9s %2s %2s\n"
                .formatted("Neighbor", "Linklayer Address", "Netif", "Expire", "1s", "5s"));
        for (HomeInterface one : interfaces) {
            String mac = macOf(one.real().device());
            for (PfInterface.Address address : one.real().addresses()) {
                if (address.family() == Family.IPV6) {
                    line(
                            text,
                            Addresses.text(address.address()),
                            mac,
                            one.real().name(),
                            "permanent",
                            "R");
                }
            }
        }
        for (Entry entry : read(Family.IPV6)) {
            String scope = entry.address.startsWith("fe80") ? "%" + entry.device : "";
            boolean fresh = entry.state.equals("REACHABLE");
            line(text, entry.address + scope, entry.mac, entry.device, fresh ? "23s" : "23h58m12s", fresh ? "R" : "S");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String address, String mac, String on, String expires, String state) {
        text.append("%-39s %17s  %6s %-9s %s \n".formatted(address, mac, on, expires, state));
    }
}
