package org.funkstille.bench.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.funkstille.bench.proof.Part.Answers;
import org.funkstille.bench.proof.Part.ComesFrom;
import org.funkstille.bench.proof.Part.Destination;
import org.funkstille.bench.proof.Part.In;
import org.funkstille.bench.proof.Part.InTable;
import org.funkstille.bench.proof.Part.Out;
import org.funkstille.bench.proof.Part.Ports;
import org.funkstille.bench.proof.Part.Source;
import org.funkstille.core.net.Family;

/**
 * The rules of a home: those of other hosts, at random, then one that silences each device by its hardware address, then
 * what lets all others out.
 *
 * @param leaking the number of the device that is forgotten; -1: none is
 */
record HomeRules(int devices, List<HomeRule> rules, int leaking) {

    static final int NONE_LEAKS = -1;
    static final String INSIDE = "iot0";
    static final String OUTSIDE = "wan0";

    private static final int OTHER_HOSTS = 200;
    private static final int PORTS = 60_000;
    private static final long SEED = 20260301;

    HomeRules {
        rules = List.copyOf(rules);
    }

    /** What a table of prefixes does, in front of what silences the devices. */
    enum Table {
        NONE,
        BLOCKS,
        /** So every device has a way out. */
        LETS_OUT
    }

    /**
     * @param count of all rules
     * @param copies how often a rule for both families is written: twice where each family has its own text
     */
    static HomeRules of(int devices, int count, int copies, int leaking, Table table) {
        Random random = new Random(SEED);
        List<HomeRule> rules = new ArrayList<>();
        rules.add(new HomeRule(HomeRule.BOTH, "INPUT", List.of(new Ports("udp", List.of(67))), true));
        silence(rules, devices, leaking, "INPUT", List.of());
        rules.add(new HomeRule(HomeRule.BOTH, "INPUT", List.of(new In(INSIDE)), true));
        rules.add(new HomeRule(HomeRule.BOTH, "FORWARD", List.of(new Answers()), true));
        int own = copies * (4 + 2 * devices);
        for (int index = own; index < count; index++) {
            rules.add(ofOtherHost(random, index % 2 == 0 ? Family.IPV4 : Family.IPV6, devices));
        }
        if (table != Table.NONE) {
            rules.add(new HomeRule(Set.of(Family.IPV4), "FORWARD", List.of(new InTable()), table == Table.LETS_OUT));
        }
        silence(rules, devices, leaking, "FORWARD", List.of(new Out(OUTSIDE)));
        rules.add(new HomeRule(HomeRule.BOTH, "FORWARD", List.of(new In(INSIDE), new Out(OUTSIDE)), true));
        return new HomeRules(devices, rules, leaking);
    }

    private static void silence(List<HomeRule> rules, int devices, int leaking, String chain, List<Part> where) {
        for (int device = 0; device < devices; device++) {
            if (device != leaking) {
                List<Part> parts = new ArrayList<>(where);
                parts.add(new ComesFrom(mac(device)));
                rules.add(new HomeRule(HomeRule.BOTH, chain, parts, false));
            }
        }
    }

    private static HomeRule ofOtherHost(Random random, Family family, int devices) {
        int host = devices + random.nextInt(OTHER_HOSTS);
        Part out = new Out(OUTSIDE);
        List<Part> parts = switch (random.nextInt(4)) {
            case 0 ->
                List.of(
                        family == Family.IPV4 ? new Source(address(host) + "/32") : new ComesFrom(mac(host)),
                        out,
                        ports("tcp", random, 1));
            case 1 -> List.of(new ComesFrom(mac(host)), out, ports("udp", random, 1));
            case 2 -> List.of(new In(INSIDE), out, ports("tcp", random, 2));
            default -> List.of(new In(INSIDE), new Destination(network(random, family)));
        };
        boolean ofOneHost = !(parts.getFirst() instanceof In);
        return new HomeRule(Set.of(family), "FORWARD", parts, ofOneHost);
    }

    private static Part ports(String protocol, Random random, int count) {
        return new Ports(
                protocol,
                random.ints(1, PORTS).distinct().limit(count).sorted().boxed().toList());
    }

    private static String network(Random random, Family family) {
        return family == Family.IPV4
                ? "198." + random.nextInt(255) + "." + random.nextInt(255) + ".0/24"
                : "2001:db8:" + Integer.toHexString(random.nextInt(1, 1 << 16)) + "::/48";
    }

    static String mac(int host) {
        return String.format(Locale.ROOT, "02:00:00:00:%02x:%02x", host >> 8, host & 255);
    }

    /** In 192.168.0.0/16. */
    static String address(int host) {
        return "192.168." + (20 + host / 250) + "." + (2 + host % 250);
    }
}
