package org.funkstille.lab.kernelproof;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.net.Addresses;

/** Values as rule sets write them, drawn from those that packets have. */
final class Words {

    /** Neither overlap nor touch, so that any of them make a set. */
    private static final List<String> APART4 = List.of(
            "1.1.1.1",
            "8.8.8.0/24",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "172.16.0.0-172.31.0.255",
            "192.168.10.20",
            "192.168.10.44",
            "192.168.20.1",
            "192.168.20.48/30",
            "192.168.20.99",
            "192.168.20.128-192.168.20.255",
            "198.51.100.0/29",
            "203.0.113.1",
            "203.0.113.64/26",
            "224.0.0.0/4",
            "255.255.255.255");

    private static final List<String> APART6 = List.of(
            "64:ff9b::/96",
            "2001:db8:20::/64",
            "2001:db8:aaaa::1",
            "2001:db8:aaaa::2",
            "2001:db8:bad::/48",
            "2606:4700::/32",
            "fd00:10::/64",
            "fd00:20::1",
            "fd00:20::50-fd00:20::7f",
            "fd99::1",
            "fe80::/10",
            "ff02::/16");

    private static final List<Integer> PROTOCOLS = List.of(1, 2, 6, 17, 47, 50, 58, 132, 136);

    private final Chance chance;

    Words(Chance chance) {
        this.chance = chance;
    }

    String address(boolean six) {
        List<List<InetAddress>> places = six
                ? List.of(Places.SOURCES6, Places.OUTSIDE6, Places.INSIDE6, Places.ROUTER6)
                : List.of(Places.SOURCES4, Places.OUTSIDE4, Places.INSIDE4, Places.ROUTER4, Places.BROADCAST4);
        return Addresses.text(chance.of(chance.of(places)));
    }

    /** An address or a prefix. */
    String network(boolean six) {
        if (chance.percent(40)) {
            return address(six);
        }
        return six
                ? chance.among("fd00:20::/64", "2001:db8::/32", "2000::/3", "fd00::/8", "fe80::/10", "ff00::/8")
                : chance.among(
                        "192.168.20.0/24",
                        "192.168.0.0/16",
                        "10.0.0.0/8",
                        "203.0.113.0/24",
                        "128.0.0.0/1",
                        "0.0.0.0/1");
    }

    /** Single ones, prefixes and ranges. */
    List<String> addressesApart(boolean six) {
        return some(six ? APART6 : APART4, 6);
    }

    List<String> addresses(boolean six) {
        return Stream.generate(() -> address(six))
                .limit(chance.between(1, 5))
                .distinct()
                .toList();
    }

    String port() {
        return Integer.toString(chance.percent(90) ? chance.of(PacketMaker.PORTS) : chance.below(65536));
    }

    /** Ascending, neither overlapping nor touching; some of them ranges {@code 80-443}. */
    List<String> portsApart() {
        List<Integer> sorted = some(PacketMaker.PORTS, 8).stream().sorted().toList();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            if (i + 1 < sorted.size() && chance.percent(40)) {
                parts.add(sorted.get(i) + "-" + sorted.get(++i));
            } else {
                parts.add(Integer.toString(sorted.get(i)));
            }
        }
        return parts;
    }

    List<String> ports() {
        return some(PacketMaker.PORTS, 6).stream().map(String::valueOf).toList();
    }

    String mac() {
        return mac(chance.percent(80) ? chance.of(Places.MACS) : 0x020000009999L);
    }

    List<String> macs() {
        return some(Places.MACS, 3).stream().map(Words::mac).toList();
    }

    private static String mac(long mac) {
        return Stream.iterate(40, shift -> shift >= 0, shift -> shift - 8)
                .map(shift -> "%02x".formatted(mac >>> shift & 0xff))
                .collect(Collectors.joining(":"));
    }

    int mark() {
        return chance.among(0, 1, 2, 3, 0x10, 0x11, 0xff, 0x10000);
    }

    int mask() {
        return chance.among(1, 3, 0xf, 0x10, 0xff, 0xffff, -1, 0xffff0000);
    }

    static String hex(int number) {
        return "0x" + Integer.toHexString(number);
    }

    int protocol() {
        return chance.of(PROTOCOLS);
    }

    List<String> protocols() {
        return some(PROTOCOLS, 4).stream().map(String::valueOf).toList();
    }

    /** At least one, in their order, none twice. */
    <T> List<T> some(List<T> values, int most) {
        int wanted = chance.between(1, Math.min(most, values.size()));
        List<Integer> places = new ArrayList<>();
        while (places.size() < wanted) {
            int place = chance.below(values.size());
            if (!places.contains(place)) {
                places.add(place);
            }
        }
        return places.stream().sorted().map(values::get).toList();
    }
}
