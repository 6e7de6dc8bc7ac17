package org.funkstille.evidence.filterlog;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;

/** The same line read a second time in the plainest way, to compare. */
record PlainReading(String rule, String action, InetAddress source, int sourcePort, Endpoint destination) {

    private static final String NUMBER = "0|[1-9][0-9]{0,4}";

    /** @param content the line after its syslog head */
    static Optional<PlainReading> of(byte[] content) {
        List<String> fields = List.of(new String(content, StandardCharsets.ISO_8859_1).split(",", 64));
        if (fields.size() < 9 || fields.get(3).isEmpty() || !fields.get(7).matches("in|out|in/out")) {
            return Optional.empty();
        }
        int base = fields.size() > 9 && fields.get(9).matches("(?s)[te].{11,}") ? 9 : 8;
        return switch (fields.get(8)) {
            case "4" -> packet(fields, Family.IPV4, base + 7, base + 10, base + 5);
            case "6" -> packet(fields, Family.IPV6, base + 5, base + 7, -1);
            default -> Optional.empty();
        };
    }

    private static Optional<PlainReading> packet(
            List<String> fields, Family family, int protocolAt, int sourceAt, int offsetAt) {
        if (fields.size() < sourceAt + 3) {
            return Optional.empty();
        }
        Optional<Integer> protocol = number(fields.get(protocolAt), 255);
        Optional<InetAddress> source = address(fields.get(sourceAt), family);
        Optional<InetAddress> destination = address(fields.get(sourceAt + 1), family);
        if (protocol.isEmpty() || source.isEmpty() || destination.isEmpty()) {
            return Optional.empty();
        }
        boolean later = offsetAt >= 0 && !fields.get(offsetAt).equals("0");
        boolean ports = protocol.get() == 6
                || protocol.get() == 17
                || (protocol.get() == 132 && fields.get(sourceAt + 2).matches("(?s)[0-9].*"));
        Optional<Integer> from = Optional.of(0);
        Optional<Integer> to = Optional.of(0);
        if (ports && !later) {
            boolean there = fields.size() >= sourceAt + 5;
            from = there ? number(fields.get(sourceAt + 2), 65535) : Optional.empty();
            to = there ? number(fields.get(sourceAt + 3), 65535) : Optional.empty();
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PlainReading(
                fields.get(3),
                fields.get(6),
                source.get(),
                from.get(),
                new Endpoint(destination.get(), new Protocol(protocol.get()), to.get())));
    }

    private static Optional<InetAddress> address(String text, Family family) {
        return Addresses.tryParse(text).filter(address -> Family.of(address) == family);
    }

    private static Optional<Integer> number(String text, int most) {
        return text.matches(NUMBER)
                ? Optional.of(Integer.parseInt(text)).filter(number -> number <= most)
                : Optional.empty();
    }
}
