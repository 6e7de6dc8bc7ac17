package org.funkstille.lab.kernelproof;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One random table of nft. */
final class NftTable {

    private static final List<Integer> PRIORITIES =
            List.of(-450, -400, -300, -250, -201, -200, -199, -150, -110, -100, -50, 0, 0, 0, 10, 100, 225, 300);

    private final Chance chance;
    private final Words words;
    private final String family;
    private final NftSets sets;
    private final NftMatches matches;
    private final boolean tracked;
    private final int ordinary;

    NftTable(Chance chance, String family, boolean tracked) {
        this.chance = chance;
        this.words = new Words(chance);
        this.family = family;
        this.tracked = tracked && !family.equals("netdev");
        this.sets = new NftSets(chance, words);
        this.matches = new NftMatches(chance, words, sets, family, tracked);
        this.ordinary = chance.below(5);
    }

    String text(String name) {
        sets.generate(() -> verdict(0));
        StringBuilder text = new StringBuilder("table " + family + " " + name + " {\n" + sets.text());
        for (int i = 0; i < ordinary; i++) {
            text.append("  chain c").append(i).append(" {\n");
            rules(text, chance.between(0, 4), i + 1, Place.ORDINARY);
            text.append("  }\n");
        }
        int bases = chance.between(1, 4);
        for (int i = 0; i < bases; i++) {
            base(text, i);
        }
        return text.append("}\n").toString();
    }

    private enum Place {
        ORDINARY,
        EARLY,
        FILTER,
        DESTINATION,
        SOURCE
    }

    private void base(StringBuilder text, int number) {
        text.append("  chain b").append(number).append(" {\n    type ");
        Place place = Place.FILTER;
        if (family.equals("netdev")) {
            text.append("filter hook ")
                    .append(chance.among(
                            "ingress device \"iot0\"", "ingress device \"iot0\"", "egress device \"wan0\""))
                    .append(" priority ")
                    .append(chance.between(-5, 5));
        } else if (tracked && chance.percent(30)) {
            place = chance.among(Place.DESTINATION, Place.DESTINATION, Place.SOURCE);
            boolean destination = place == Place.DESTINATION;
            text.append("nat hook ").append(destination ? "prerouting" : chance.among("postrouting", "input"));
            text.append(" priority ").append(chance.percent(80) ? destination ? -100 : 100 : chance.between(-150, 150));
        } else {
            String hook = chance.among(
                    "prerouting",
                    "prerouting",
                    "forward",
                    "forward",
                    "forward",
                    "input",
                    "input",
                    "postrouting",
                    family.equals("inet") && chance.percent(30) ? "ingress" : "forward");
            int priority = chance.percent(40) ? 0 : chance.of(PRIORITIES);
            place = hook.equals("prerouting") && priority <= -200 ? Place.EARLY : Place.FILTER;
            text.append("filter hook ").append(hook);
            text.append(hook.equals("ingress") ? " device \"iot0\"" : "")
                    .append(" priority ")
                    .append(priority);
        }
        text.append("; policy ").append(chance.percent(75) ? "accept" : "drop").append(";\n");
        rules(text, chance.between(1, 7), 0, place);
        text.append("  }\n");
    }

    private void rules(StringBuilder text, int count, int firstTarget, Place place) {
        for (int i = 0; i < count; i++) {
            String rest = effect(place) + " " + end(firstTarget, place);
            String rule = matches.before(rest.strip()).strip();
            text.append("    ").append(rule.isEmpty() ? "counter" : rule).append('\n');
        }
    }

    private String effect(Place place) {
        if (place == Place.EARLY && chance.percent(25)) {
            return "notrack";
        }
        if (!chance.percent(25)) {
            return chance.percent(10) ? "counter" : "";
        }
        List<String> kinds = new ArrayList<>(List.of(
                "meta mark set " + Words.hex(words.mark()),
                "meta mark set meta mark | " + Words.hex(words.mark()),
                "meta mark set meta mark & " + Words.hex(words.mask()),
                "meta mark set meta mark ^ " + Words.hex(words.mark()),
                "meta mark set meta mark & 0xffffff0f | 0x10"));
        if (tracked) {
            kinds.addAll(List.of(
                    "ct mark set " + Words.hex(words.mark()),
                    "ct mark set meta mark",
                    "meta mark set ct mark",
                    "ct mark set ct mark | " + Words.hex(words.mark())));
        }
        return chance.of(kinds);
    }

    private String end(int firstTarget, Place place) {
        if (place == Place.DESTINATION && chance.percent(50)) {
            return translation();
        }
        if (place == Place.SOURCE && chance.percent(50)) {
            return source();
        }
        return chance.percent(12) ? map(firstTarget) : chance.percent(6) ? "" : verdict(firstTarget);
    }

    /** The family must be told where the rule does not. */
    private String translation() {
        boolean six = family.equals("ip6") || (family.equals("inet") && chance.percent(40));
        String port = chance.percent(40) ? ":" + words.port() : "";
        String to = (family.equals("inet") ? six ? "ip6 to " : "ip to " : "to ")
                + (six
                        ? chance.among("2001:db8:aaaa::2", "fd00:10::20", "fd00:20::1")
                        : chance.among("203.0.113.77", "192.168.10.20", "192.168.20.1"));
        // A port needs a protocol that has ones.
        String protocol =
                chance.among("tcp dport " + words.port(), "udp dport " + words.port(), "meta l4proto { tcp, udp }");
        return switch (chance.below(4)) {
            case 0 -> protocol + " redirect" + (chance.percent(50) ? " to :" + words.port() : "");
            case 1 -> "redirect";
            case 2 -> port.isEmpty() ? "dnat " + to : protocol + " dnat " + bracketed(to, six) + port;
            default -> "dnat " + to;
        };
    }

    private static String bracketed(String to, boolean six) {
        return six ? to.replaceFirst("to (.*)$", "to [$1]") : to;
    }

    private String source() {
        boolean six = family.equals("ip6") || (family.equals("inet") && chance.percent(40));
        return "snat " + (family.equals("inet") ? six ? "ip6 to " : "ip to " : "to ")
                + (six ? "2001:db8:ff::2" : "198.51.100.2");
    }

    private String map(int firstTarget) {
        List<NftSets.Key> keys = sets.mapKeys();
        if (!keys.isEmpty() && firstTarget == 0 && chance.percent(70)) {
            NftSets.Key key = chance.of(keys);
            boolean four = !family.equals("ip6");
            boolean six = !family.equals("ip");
            String fields = switch (key) {
                case ADDRESS4 -> four ? "ip " + chance.among("saddr", "daddr") : "";
                case ADDRESS6 -> six ? "ip6 " + chance.among("saddr", "daddr") : "";
                case PORT -> chance.among("tcp dport", "udp dport", "udp sport");
                case MAC -> "ether saddr";
                case MARK -> "meta mark";
                case PROTOCOL -> "meta l4proto";
                case INTERFACE -> chance.among("iifname", "oifname");
                case PROTOCOL_PORT -> "meta l4proto . th dport";
                case ADDRESS4_PORT -> four ? "ip daddr . tcp dport" : "";
                case ADDRESS6_PORT -> six ? "ip6 daddr . udp dport" : "";
                case MAC_ADDRESS4 -> four ? "ether saddr . ip saddr" : "";
                case INTERFACE_ADDRESS4 -> four ? "iifname . ip daddr" : "";
            };
            if (!fields.isEmpty()) {
                return fields + " vmap " + sets.map(key).orElseThrow();
            }
        }
        Set<String> entries = new LinkedHashSet<>();
        String fields =
                chance.among("tcp dport", "udp dport", "meta l4proto", "iifname", tracked ? "ct state" : "meta mark");
        List<String> values = switch (fields) {
            case "meta l4proto" -> words.protocols();
            case "iifname" -> words.some(List.of("iot0", "lan0", "wan0"), 3);
            case "ct state" -> words.some(List.of("established", "related", "new", "invalid", "untracked"), 4);
            case "meta mark" -> List.of("0x0", "0x1", "0x3");
            default -> words.portsApart();
        };
        values.forEach(value -> entries.add(value + " : " + verdict(firstTarget)));
        return fields + " vmap { " + String.join(", ", entries) + " }";
    }

    private String verdict(int firstTarget) {
        int targets = ordinary - firstTarget;
        if (targets > 0 && chance.percent(35)) {
            return chance.among("jump c", "jump c", "goto c") + (firstTarget + chance.below(targets));
        }
        return chance.among("accept", "accept", "drop", "drop", "return", "continue");
    }
}
