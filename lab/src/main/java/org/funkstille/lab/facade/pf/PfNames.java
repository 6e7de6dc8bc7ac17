package org.funkstille.lab.facade.pf;

import java.util.Map;

/** Names that pfctl(8) prints for numbers: of FreeBSD's services(5), and its own for ICMP types. */
final class PfNames {

    private static final Map<Integer, String> SERVICES = Map.ofEntries(
            Map.entry(9, "discard"),
            Map.entry(22, "ssh"),
            Map.entry(25, "smtp"),
            Map.entry(53, "domain"),
            Map.entry(67, "bootps"),
            Map.entry(68, "bootpc"),
            Map.entry(80, "http"),
            Map.entry(123, "ntp"),
            Map.entry(443, "https"),
            Map.entry(500, "isakmp"),
            Map.entry(514, "syslog"),
            Map.entry(546, "dhcpv6-client"),
            Map.entry(547, "dhcpv6-server"),
            Map.entry(853, "domain-s"),
            Map.entry(5353, "mdns"));

    private static final Map<Integer, String> ICMP =
            Map.of(0, "echorep", 3, "unreach", 5, "redir", 8, "echoreq", 11, "timex", 13, "timereq");

    private static final Map<Integer, String> ICMP6 = Map.of(
            1, "unreach",
            2, "toobig",
            3, "timex",
            4, "paramprob",
            128, "echoreq",
            129, "echorep",
            133, "routersol",
            134, "routeradv",
            135, "neighbrsol",
            136, "neighbradv");

    private PfNames() {}

    static String port(int number) {
        return SERVICES.getOrDefault(number, Integer.toString(number));
    }

    static String icmpType(int number, boolean six) {
        return (six ? ICMP6 : ICMP).getOrDefault(number, Integer.toString(number));
    }
}
