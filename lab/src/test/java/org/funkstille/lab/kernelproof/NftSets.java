package org.funkstille.lab.kernelproof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The named sets and verdict maps of one random table. */
final class NftSets {

    /** What a set's key is made of. */
    enum Key {
        ADDRESS4("ipv4_addr"),
        ADDRESS6("ipv6_addr"),
        PORT("inet_service"),
        MAC("ether_addr"),
        MARK("mark"),
        PROTOCOL("inet_proto"),
        INTERFACE("ifname"),
        PROTOCOL_PORT("inet_proto . inet_service"),
        ADDRESS4_PORT("ipv4_addr . inet_service"),
        ADDRESS6_PORT("ipv6_addr . inet_service"),
        MAC_ADDRESS4("ether_addr . ipv4_addr"),
        INTERFACE_ADDRESS4("ifname . ipv4_addr");

        private final String type;

        Key(String type) {
            this.type = type;
        }
    }

    private final Chance chance;
    private final Words words;
    private final Map<String, Key> sets = new LinkedHashMap<>();
    private final Map<String, Key> maps = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    NftSets(Chance chance, Words words) {
        this.chance = chance;
        this.words = words;
    }

    /** @param verdict makes verdicts for maps */
    void generate(Supplier<String> verdict) {
        int count = chance.below(4);
        for (int i = 0; i < count; i++) {
            Key key = chance.of(List.of(Key.values()));
            boolean map = chance.percent(35);
            String name = (map ? "m" : "s") + i;
            (map ? maps : sets).put(name, key);
            boolean interval = chance.percent(50) && key != Key.MAC && key != Key.INTERFACE && key != Key.PROTOCOL;
            List<String> elements = elements(key, interval);
            if (map) {
                elements = elements.stream()
                        .map(element -> element + " : " + verdict.get())
                        .toList();
            }
            text.append("  ")
                    .append(map ? "map " : "set ")
                    .append(name)
                    .append(" {\n    type ")
                    .append(key.type);
            text.append(map ? " : verdict\n" : "\n");
            text.append(interval ? "    flags interval\n" : "");
            if (chance.percent(93)) {
                text.append("    elements = { ")
                        .append(String.join(", ", elements))
                        .append(" }\n");
            }
            text.append("  }\n");
        }
    }

    /** Text of the definitions. */
    String text() {
        return text.toString();
    }

    Optional<String> set(Key key) {
        return any(sets, key);
    }

    /** A verdict map with such a key. */
    Optional<String> map(Key key) {
        return any(maps, key);
    }

    List<Key> mapKeys() {
        return List.copyOf(maps.values());
    }

    private Optional<String> any(Map<String, Key> named, Key key) {
        return named.entrySet().stream()
                .filter(entry -> entry.getValue() == key)
                .map(entry -> "@" + entry.getKey())
                .findFirst();
    }

    /** Elements of a set with that key that do not overlap. */
    List<String> elements(Key key, boolean interval) {
        return switch (key) {
            case ADDRESS4 -> interval ? words.addressesApart(false) : words.addresses(false);
            case ADDRESS6 -> interval ? words.addressesApart(true) : words.addresses(true);
            case PORT -> interval ? words.portsApart() : words.ports();
            case MAC -> words.macs();
            case MARK -> interval ? List.of("0x1-0x10", "0x20-0xff") : List.of("0x1", "0x3", "0x10");
            case PROTOCOL -> words.protocols();
            case INTERFACE -> words.some(List.of("iot0", "lan0", "wan0", "ppp0"), 3);
            case PROTOCOL_PORT ->
                concatenated(
                        () -> chance.among("6", "17", "132", "136", "1", "58", "47", "6", "17"),
                        () -> interval ? portOrRange() : words.port());
            case ADDRESS4_PORT ->
                concatenated(
                        () -> interval ? words.network(false) : words.address(false),
                        () -> interval ? portOrRange() : words.port());
            case ADDRESS6_PORT -> concatenated(() -> words.address(true), words::port);
            case MAC_ADDRESS4 -> concatenated(words::mac, () -> words.address(false));
            case INTERFACE_ADDRESS4 ->
                concatenated(() -> chance.among("iot0", "wan0", "lan0"), () -> words.address(false));
        };
    }

    private String portOrRange() {
        return chance.percent(50) ? words.port() : chance.among("0-1023", "1024-65535", "50-100", "443-8080");
    }

    /** Overlapping elements of a concatenation are refused: so the first parts all differ, or the wholes do. */
    private List<String> concatenated(Supplier<String> first, Supplier<String> second) {
        Set<String> firsts = new LinkedHashSet<>();
        List<String> elements = new ArrayList<>();
        IntStream.range(0, chance.between(1, 5)).forEach(ignored -> {
            String one = first.get();
            if (firsts.add(one)) {
                elements.add(one + " . " + second.get());
            }
        });
        return List.copyOf(elements);
    }
}
