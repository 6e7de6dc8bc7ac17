package org.funkstille.lab.kernelproof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Random conditions of nft rules. */
final class NftMatches {

    private static final Pattern TRANSPORT = Pattern.compile(
            "\\b((tcp|udp|sctp|udplite|icmp|icmpv6|th) (dport|sport|flags|type|code)|l4proto|ip protocol|nexthdr)");
    private static final Pattern NETWORK = Pattern.compile("\\b(ip |ip6 |icmp |icmpv6 |nfproto|meta protocol|exthdr)");

    private final Chance chance;
    private final Words words;
    private final NftSets sets;
    private final boolean four;
    private final boolean six;
    private final boolean tracked;

    /**
     * @param family of the table
     * @param tracked whether rules may ask for what connection tracking knows
     */
    NftMatches(Chance chance, Words words, NftSets sets, String family, boolean tracked) {
        this.chance = chance;
        this.words = words;
        this.sets = sets;
        this.four = !family.equals("ip6");
        this.six = !family.equals("ip");
        this.tracked = tracked && !family.equals("netdev");
    }

    /**
     * Conditions of one rule. They may exclude each other, but nft refuses more than one protocol in a rule.
     *
     * @param rest what the rule says behind them
     */
    String before(String rest) {
        int count = chance.among(0, 1, 1, 1, 1, 2, 2, 3);
        StringBuilder text = new StringBuilder();
        boolean transport = TRANSPORT.matcher(rest).find();
        boolean network = NETWORK.matcher(rest).find();
        for (int i = 0; i < count; i++) {
            String condition = one();
            boolean ofTransport = TRANSPORT.matcher(condition).find();
            boolean ofNetwork = NETWORK.matcher(condition).find();
            if (!((transport && ofTransport) || (network && ofNetwork))) {
                text.append(condition).append(' ');
                transport |= ofTransport;
                network |= ofNetwork;
            }
        }
        return text.append(rest).toString();
    }

    String one() {
        List<Supplier<String>> kinds = new ArrayList<>(List.of(
                this::ports,
                this::ports,
                this::ports,
                this::protocol,
                this::interfaces,
                this::ether,
                this::mark,
                this::flags,
                this::sizes,
                this::rare,
                this::neighbours,
                this::concatenated));
        if (four) {
            kinds.addAll(List.of(() -> address(false), () -> address(false), () -> icmp(false), () -> header(false)));
        }
        if (six) {
            kinds.addAll(List.of(() -> address(true), () -> icmp(true), () -> header(true)));
        }
        if (tracked) {
            kinds.addAll(List.of(this::tracking, this::tracking));
        }
        return chance.of(kinds).get();
    }

    private String not() {
        return chance.percent(25) ? "!= " : "";
    }

    private String set(NftSets.Key key) {
        Optional<String> named = sets.set(key);
        return named.isPresent() && chance.percent(60)
                ? named.get()
                : "{ " + String.join(", ", sets.elements(key, chance.percent(50))) + " }";
    }

    private String address(boolean v6) {
        String field = (v6 ? "ip6 " : "ip ") + chance.among("saddr ", "daddr ");
        return field
                + not()
                + switch (chance.below(4)) {
                    case 0 -> set(v6 ? NftSets.Key.ADDRESS6 : NftSets.Key.ADDRESS4);
                    case 1 -> v6 ? "fd00:20::40-fd00:20::60" : "192.168.20.51-192.168.20.199";
                    default -> words.network(v6);
                };
    }

    private String ports() {
        String field = chance.among(
                "tcp dport ",
                "tcp dport ",
                "udp dport ",
                "udp dport ",
                "tcp sport ",
                "udp sport ",
                "sctp dport ",
                "meta l4proto { tcp, udp } th dport ",
                "meta l4proto udp th sport ",
                "udplite dport ");
        return field
                + switch (chance.below(6)) {
                    case 0 -> not() + set(NftSets.Key.PORT);
                    case 1 -> not() + chance.among("1024-65535", "0-1023", "53-443", "67-68");
                    case 2 -> chance.among("< ", "<= ", "> ", ">= ") + chance.between(20, 60000);
                    default -> not() + words.port();
                };
    }

    private String protocol() {
        String field = chance.among(
                "meta l4proto ", four ? "ip protocol " : "meta l4proto ", six ? "ip6 nexthdr " : "meta l4proto ");
        return field + not() + (chance.percent(50) ? words.protocol() : set(NftSets.Key.PROTOCOL));
    }

    private String interfaces() {
        return chance.among("iifname ", "iifname ", "oifname ")
                + switch (chance.below(4)) {
                    case 0 -> not() + set(NftSets.Key.INTERFACE);
                    case 1 -> not() + chance.among("\"iot*\"", "\"wan*\"", "\"w*\"", "\"eth*\"");
                    default -> not() + chance.among("\"iot0\"", "\"lan0\"", "\"wan0\"", "\"wan0\"", "\"lo\"");
                };
    }

    private String ether() {
        return chance.percent(85)
                ? "ether saddr " + not() + (chance.percent(60) ? words.mac() : set(NftSets.Key.MAC))
                : "ether daddr " + not() + chance.among("02:00:00:00:14:01", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01");
    }

    private String mark() {
        return switch (chance.below(4)) {
            case 0 ->
                "meta mark & " + Words.hex(words.mask()) + " " + chance.among("== ", "!= ") + Words.hex(words.mark());
            case 1 -> "meta mark " + not() + set(NftSets.Key.MARK);
            default -> "meta mark " + not() + Words.hex(words.mark());
        };
    }

    private String flags() {
        return chance.among(
                "tcp flags syn",
                "tcp flags != syn",
                "tcp flags & (fin|syn|rst|ack) == syn",
                "tcp flags & (fin|syn|rst|ack) != syn",
                "tcp flags & (syn|ack) == (syn|ack)",
                "tcp flags & (fin|syn) == (fin|syn)",
                "tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0",
                "tcp flags { syn, syn|ack }",
                "tcp flags == 0x10",
                "tcp flags ! fin,rst",
                "tcp flags syn / syn,rst");
    }

    private String sizes() {
        return switch (chance.below(5)) {
            case 0 -> "meta length " + chance.among("> 100", "< 60", "40-200", "!= 48", "{ 36, 48, 60 }");
            case 1 ->
                four ? "ip length " + chance.among("> 100", "< 60", "36") : "ip6 length " + chance.among("> 100", "16");
            case 2 ->
                six
                        ? "ip6 hoplimit " + chance.among("64", "63", "< 64", "!= 255", "1")
                        : "ip ttl " + chance.among("64", "< 64");
            case 3 ->
                four
                        ? "ip ttl " + chance.among("64", "63", "< 64", "> 64", "!= 255", "{ 1, 64, 128 }")
                        : "ip6 hoplimit 64";
            default -> (four ? "ip" : "ip6") + " dscp " + not() + chance.among("cs0", "cs1", "ef", "63", "{ cs1, ef }");
        };
    }

    private String icmp(boolean v6) {
        if (v6) {
            return chance.percent(75)
                    ? "icmpv6 type " + not()
                            + chance.among(
                                    "echo-request",
                                    "echo-reply",
                                    "nd-neighbor-solicit",
                                    "{ 1, 2, 3, 4 }",
                                    "{ 128, 135, 136 }")
                    : "icmpv6 code " + not() + chance.between(0, 3);
        }
        return chance.percent(75)
                ? "icmp type " + not()
                        + chance.among(
                                "echo-request",
                                "echo-reply",
                                "destination-unreachable",
                                "{ 8, 13 }",
                                "{ 3, 11, 12 }",
                                "timestamp-request")
                : "icmp code " + not() + chance.between(0, 3);
    }

    private String header(boolean v6) {
        return v6
                ? chance.among(
                        "exthdr frag exists",
                        "exthdr hbh exists",
                        "exthdr frag missing",
                        "ip6 nexthdr 44",
                        "exthdr rt missing",
                        "ip6 nexthdr != 0",
                        "exthdr dst exists")
                : chance.among(
                        "ip frag-off & 0x1fff != 0x0", "ip frag-off & 0x1fff == 0x0", "ip version 4", "ip hdrlength 5");
    }

    private String rare() {
        return chance.among(
                "meta nfproto ipv4",
                "meta nfproto ipv6",
                "meta nfproto != ipv4",
                "fib daddr type local",
                "fib daddr type != local",
                "fib daddr type { broadcast, multicast }",
                "fib daddr type unicast",
                "meta protocol ip",
                "meta protocol ip6",
                "meta pkttype multicast",
                "iif \"iot0\"",
                "th dport " + words.port());
    }

    /** Which nft may make one comparison of. */
    private String neighbours() {
        String first = chance.among("tcp", "udp", "udp");
        List<String> kinds = new ArrayList<>(List.of(
                first + " sport " + not() + words.port() + " " + first + " dport " + not() + words.port(),
                first + " dport != " + words.port() + " " + first + " sport != " + words.port(),
                "ether saddr != " + words.mac() + " ether daddr != 02:00:00:00:14:01"));
        if (four) {
            kinds.add("ip saddr != " + words.network(false) + " ip daddr != " + words.network(false));
            kinds.add("icmp type != 8 icmp code != " + chance.between(0, 2));
            kinds.add("ip ttl != " + chance.among("1", "64") + " ip protocol != " + chance.among("6", "17"));
        }
        if (six) {
            kinds.add("ip6 saddr != " + words.network(true) + " ip6 daddr != " + words.network(true));
            kinds.add("icmpv6 type != 128 icmpv6 code != " + chance.between(0, 2));
            kinds.add("ip6 hoplimit != " + chance.among("1", "64") + " ip6 nexthdr != " + chance.among("6", "17"));
        }
        return chance.of(kinds);
    }

    private String concatenated() {
        List<String> kinds = new ArrayList<>();
        kinds.add("meta l4proto . th dport " + not() + set(NftSets.Key.PROTOCOL_PORT));
        if (four) {
            kinds.add("ip daddr . " + chance.among("tcp", "udp") + " dport " + not() + set(NftSets.Key.ADDRESS4_PORT));
            kinds.add("ether saddr . ip saddr " + not() + set(NftSets.Key.MAC_ADDRESS4));
            kinds.add("iifname . ip " + chance.among("saddr ", "daddr ") + not() + set(NftSets.Key.INTERFACE_ADDRESS4));
        }
        if (six) {
            kinds.add("ip6 daddr . udp dport " + not() + set(NftSets.Key.ADDRESS6_PORT));
        }
        return chance.of(kinds);
    }

    private String tracking() {
        return chance.among(
                "ct state new",
                "ct state new",
                "ct state != new",
                "ct state established,related",
                "ct state { established, related }",
                "ct state invalid",
                "ct state { new, invalid }",
                "ct state untracked",
                "ct state ! invalid",
                "ct mark " + not() + Words.hex(words.mark()),
                "ct mark & 0xf == 0x1",
                "ct status dnat",
                "ct status ! dnat",
                "ct direction original");
    }
}
