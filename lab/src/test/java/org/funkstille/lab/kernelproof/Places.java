package org.funkstille.lab.kernelproof;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.funkstille.core.net.Addresses;
import org.funkstille.proof.filter.Field;

/** The addresses that packets come from and go to, few enough that rules meet them. */
final class Places {

    static final List<Long> MACS = List.of(0x020000002050L, 0x020000002051L, 0x7811dc123456L);

    /** The device's own, a neighbour's, those of other networks. No packet goes to one of them. */
    static final List<InetAddress> SOURCES4 = addresses(
            "192.168.20.50",
            "192.168.20.51",
            "192.168.20.99",
            "192.168.20.200",
            "192.168.10.44",
            "10.9.8.7",
            "203.0.113.9",
            "169.254.3.4");

    static final List<InetAddress> SOURCES6 = addresses(
            "fd00:20::50",
            "fd00:20::51",
            "2001:db8:20::50",
            "2001:db8:20::dead:beef",
            "fd00:10::44",
            "2001:db8:bad::9",
            "fe80::50");

    static final List<InetAddress> OUTSIDE4 = addresses(
            "203.0.113.1",
            "203.0.113.77",
            "198.51.100.7",
            "8.8.8.8",
            "1.1.1.1",
            "100.64.0.1",
            "10.1.2.3",
            "172.16.5.5");

    static final List<InetAddress> OUTSIDE6 =
            addresses("2001:db8:aaaa::1", "2001:db8:aaaa::2", "2606:4700::1111", "64:ff9b::808:808", "fd99::1");

    static final List<InetAddress> INSIDE4 = addresses("192.168.10.20", "192.168.10.21", "192.168.20.77");
    static final List<InetAddress> INSIDE6 = addresses("fd00:10::20", "fd00:20::77");

    static final List<InetAddress> ROUTER4 = addresses("192.168.20.1", "192.168.10.1", "198.51.100.2");
    static final List<InetAddress> ROUTER6 = addresses("fd00:20::1", "fd00:10::1", "2001:db8:ff::2", "fe80::1");

    static final List<InetAddress> BROADCAST4 = addresses("255.255.255.255", "192.168.20.255", "192.168.10.255");

    /** Groups that every router takes part in. Of others the kernel takes no packet in, which the proof does not know. */
    static final List<InetAddress> MULTICAST4 = addresses("224.0.0.1");

    static final List<InetAddress> MULTICAST6 = addresses("ff02::1", "ff02::2");

    private static final Map<Long, List<List<InetAddress>>> TYPES = Map.of(
            Field.TYPE_LOCAL, List.of(ROUTER4, ROUTER6),
            Field.TYPE_BROADCAST, List.of(BROADCAST4),
            Field.TYPE_MULTICAST, List.of(MULTICAST4, MULTICAST6));

    private Places() {}

    static long type(InetAddress destination) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(places -> places.contains(destination)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Field.TYPE_UNICAST);
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(Addresses::parse).toList();
    }
}
