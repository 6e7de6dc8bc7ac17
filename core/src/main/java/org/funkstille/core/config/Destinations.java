package org.funkstille.core.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.model.Destination;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;

/** Reads the destinations of an allow-list. */
final class Destinations {

    private static final Pattern FORM = Pattern.compile(
            "(?:(tcp|udp|icmp|icmpv6)\\s+)?(?:\\[([0-9A-Fa-f:.]+(?:/[0-9]{1,3})?)]|([0-9A-Fa-f:.]+?(?:/[0-9]{1,3})?))"
                    + "(?::([0-9]{1,5}))?");

    private Destinations() {}

    static Optional<Destination> tryParse(String text) {
        Optional<Prefix> whole = prefix(text);
        if (whole.isPresent()) {
            return Optional.of(new Destination(whole.get(), Optional.empty(), Optional.empty()));
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Protocol> protocol = Optional.ofNullable(matcher.group(1)).map(Destinations::protocol);
        Optional<Integer> port = Optional.ofNullable(matcher.group(4)).map(Integer::valueOf);
        String host = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        boolean portFits = port.isEmpty()
                || (port.get() >= 1
                        && port.get() <= 65535
                        && protocol.filter(Protocol::hasPorts).isPresent());
        return portFits ? prefix(host).map(prefix -> new Destination(prefix, protocol, port)) : Optional.empty();
    }

    /** One address and one port, all of it said. */
    static Optional<Endpoint> endpoint(String text) {
        return tryParse(text)
                .filter(destination -> destination.prefix().length()
                        == destination.prefix().network().getAddress().length * 8)
                .flatMap(destination -> destination
                        .protocol()
                        .flatMap(protocol -> destination
                                .port()
                                .map(port -> new Endpoint(destination.prefix().network(), protocol, port))));
    }

    private static Optional<Prefix> prefix(String text) {
        return Prefix.tryParse(text)
                .or(() ->
                        Addresses.tryParse(text).map(address -> new Prefix(address, address.getAddress().length * 8)));
    }

    private static Protocol protocol(String word) {
        return switch (word) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            case "icmp" -> Protocol.ICMP;
            default -> Protocol.ICMPV6;
        };
    }
}
