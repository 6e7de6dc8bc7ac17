package org.funkstille.lab.facade.pf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;

/**
 * A connection as {@code conntrack -L -o id,extended} prints it.
 *
 * @param protocol as in protocols(5)
 * @param state of TCP ({@code ESTABLISHED}), empty of other protocols
 * @param expires seconds
 * @param age seconds; 0 where the kernel does not say
 */
record TrackedFlow(
        long id, String protocol, String state, long expires, long age, int mark, Direction original, Direction reply) {

    /** Packets one way, as they are on the wire. For ICMP the ports are the identifier and the type. */
    record Direction(InetSocketAddress source, InetSocketAddress destination, PfState.Traffic traffic) {}

    static Optional<TrackedFlow> parse(String line) {
        String[] words = line.strip().split(" +");
        if (words.length < 6 || !words[0].startsWith("ipv")) {
            return Optional.empty();
        }
        List<Map<String, String>> directions = new ArrayList<>();
        Map<String, String> whole = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                String key = word.substring(0, equals);
                if (key.equals("src")) {
                    directions.add(new HashMap<>());
                }
                whole.put(key, word.substring(equals + 1));
                if (!directions.isEmpty()) {
                    directions.getLast().putIfAbsent(key, word.substring(equals + 1));
                }
            }
        }
        if (directions.size() != 2) {
            return Optional.empty();
        }
        boolean timed = words[4].matches("[0-9]+");
        boolean stateful = timed && words[5].matches("[A-Z_0-9]+");
        return Optional.of(new TrackedFlow(
                Long.parseLong(whole.getOrDefault("id", "0")),
                words[2].equals("icmpv6") ? "ipv6-icmp" : words[2],
                stateful ? words[5] : "",
                timed ? Long.parseLong(words[4]) : 0,
                Long.parseLong(whole.getOrDefault("delta-time", "0")),
                (int) Long.parseLong(whole.getOrDefault("mark", "0")),
                direction(directions.getFirst()),
                direction(directions.getLast())));
    }

    private static Direction direction(Map<String, String> fields) {
        int source = number(fields, "sport", number(fields, "id", 0));
        int destination = number(fields, "dport", number(fields, "type", 0));
        return new Direction(
                new InetSocketAddress(Addresses.parse(fields.getOrDefault("src", "0.0.0.0")), source & 0xffff),
                new InetSocketAddress(Addresses.parse(fields.getOrDefault("dst", "0.0.0.0")), destination & 0xffff),
                new PfState.Traffic(
                        Long.parseLong(fields.getOrDefault("packets", "0")),
                        Long.parseLong(fields.getOrDefault("bytes", "0"))));
    }

    private static int number(Map<String, String> fields, String key, int otherwise) {
        String text = fields.get(key);
        return text == null ? otherwise : (int) Long.parseLong(text);
    }

    /** Arguments of {@code conntrack -D} that name this connection and no other. */
    List<String> deletion() {
        List<String> arguments = new ArrayList<>(List.of(
                "-p", protocol.equals("ipv6-icmp") ? "icmpv6" : protocol,
                "-s", Addresses.text(original.source().getAddress()),
                "-d", Addresses.text(original.destination().getAddress())));
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            arguments.addAll(List.of(
                    "--sport", Integer.toString(original.source().getPort()),
                    "--dport", Integer.toString(original.destination().getPort())));
        }
        return arguments;
    }

    /** How pf calls the states of the two sides: of who began it, and of the other. */
    Map.Entry<String, String> pfStates() {
        return switch (protocol) {
            case "tcp" -> tcpStates();
            case "udp" -> counted("SINGLE", "MULTIPLE", "NO_TRAFFIC");
            case "icmp", "ipv6-icmp" -> Map.entry("0", "0");
            default -> counted("SINGLE", "MULTIPLE", "NO_TRAFFIC");
        };
    }

    private Map.Entry<String, String> tcpStates() {
        return switch (state) {
            case "SYN_SENT" -> Map.entry("SYN_SENT", "CLOSED");
            case "SYN_RECV" -> Map.entry("SYN_SENT", "ESTABLISHED");
            case "ESTABLISHED" -> Map.entry("ESTABLISHED", "ESTABLISHED");
            case "FIN_WAIT" -> Map.entry("FIN_WAIT_2", "ESTABLISHED");
            case "CLOSE_WAIT" -> Map.entry("CLOSING", "FIN_WAIT_2");
            case "LAST_ACK", "TIME_WAIT" -> Map.entry("FIN_WAIT_2", "FIN_WAIT_2");
            case "CLOSE" -> Map.entry("TIME_WAIT", "TIME_WAIT");
            default -> Map.entry(state, state);
        };
    }

    private Map.Entry<String, String> counted(String one, String several, String none) {
        return Map.entry(
                original.traffic().packets() > 1 ? several : one,
                switch ((int) Math.min(2, reply.traffic().packets())) {
                    case 0 -> none;
                    case 1 -> one;
                    default -> several;
                });
    }
}
