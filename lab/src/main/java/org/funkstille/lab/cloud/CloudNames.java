package org.funkstille.lab.cloud;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;

/**
 * Who is who on the simulated internet. Names and bare IPv4 addresses are those that real devices use: the miIO names
 * and 166.70.53.160 stand as strings in the gateway's firmware 1.4.1_156, 110.43.0.83 and .85 are the HTTP-DNS servers
 * that newer Xiaomi devices carry with them, the others were seen in published traces. IPv6 addresses are of the
 * documentation range (RFC 3849).
 */
public final class CloudNames {

    public static final String OT = "ot.io.mi.com";
    public static final String OTT = "ott.io.mi.com";
    public static final String OTS = "ots.io.mi.com";
    public static final String ROBOROCK = "api-eu.roborock.com";

    /** The resolver that the provider names. */
    public static final InetAddress RESOLVER = Addresses.parse("198.51.100.1");

    /** A resolver known to everyone, and to the gateway's firmware. */
    public static final InetAddress PUBLIC_RESOLVER = Addresses.parse("8.8.8.8");

    public static final InetAddress PUBLIC_RESOLVER_IPV6 = Addresses.parse("2001:db8:c10d::53");

    /** Servers that the gateway knows without any name, as from an address list that its cloud once sent. */
    public static final InetAddress BARE_UDP = Addresses.parse("120.92.96.155");

    public static final InetAddress BARE_TCP = Addresses.parse("166.70.53.160");
    public static final InetAddress BARE_IPV6 = Addresses.parse("2001:db8:c10d::155");

    /** HTTP-DNS: asks a web server for addresses, so that blocking names does not help. */
    public static final InetAddress HTTP_DNS = Addresses.parse("110.43.0.83");

    private static final InetAddress HTTP_DNS_TCP = Addresses.parse("110.43.0.85");

    private static final Map<String, List<InetAddress>> NAMES = names();

    private CloudNames() {}

    private static Map<String, List<InetAddress>> names() {
        Map<String, List<InetAddress>> names = new LinkedHashMap<>();
        names.put(OT, both("42.62.48.10", "2001:db8:c10d::10"));
        names.put(OTT, both("42.62.94.185", "2001:db8:c10d::11"));
        names.put("de.ot.io.mi.com", both("42.62.48.20", "2001:db8:c10d::20"));
        names.put("de.ott.io.mi.com", both("42.62.94.186", "2001:db8:c10d::21"));
        names.put(OTS, both("120.92.96.88", "2001:db8:c10d::12"));
        names.put("de.ots.io.mi.com", both("120.92.96.87", "2001:db8:c10d::22"));
        names.put("dns.io.mi.com", List.of(HTTP_DNS));
        names.put(ROBOROCK, both("203.0.113.80", "2001:db8:c10d::80"));
        names.put("www.example.com", both("203.0.113.10", "2001:db8:c10d::1"));
        return names;
    }

    private static List<InetAddress> both(String ipv4, String ipv6) {
        return List.of(Addresses.parse(ipv4), Addresses.parse(ipv6));
    }

    /** True where the name exists, be it without an address of the wanted family. */
    static boolean exists(String name) {
        return NAMES.containsKey(name);
    }

    /** The addresses that the cloud gives for a name; none for a name that does not exist. */
    public static List<InetAddress> resolve(String name, Family family) {
        return NAMES.getOrDefault(name, List.of()).stream()
                .filter(address -> Family.of(address) == family)
                .toList();
    }

    /** A name that leads to the address; nothing for addresses that devices use without any. */
    public static Optional<String> nameOf(InetAddress address) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Every address that the cloud answers at, but {@link #RESOLVER}, which is its end of the router's cable. */
    static SequencedSet<InetAddress> addresses() {
        SequencedSet<InetAddress> all = new LinkedHashSet<>();
        NAMES.values().forEach(all::addAll);
        all.addAll(
                List.of(PUBLIC_RESOLVER, PUBLIC_RESOLVER_IPV6, BARE_UDP, BARE_TCP, BARE_IPV6, HTTP_DNS, HTTP_DNS_TCP));
        return all;
    }
}
