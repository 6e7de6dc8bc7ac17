package org.funkstille.discovery.devices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.funkstille.core.net.Mac;
import org.funkstille.discovery.network.Datagrams;
import org.funkstille.discovery.network.Deadline;

/**
 * Asks once for the services of interest (RFC 6762 5.1: a question from a port of our own is answered to that port). What
 * a device says of others is not believed: a service belongs to the address that the answer came from.
 */
final class MdnsQuery {

    static final int TIME_TO_LIVE = 255;

    private static final String DOMAIN = ".local";

    /** Xiaomi's gateways, its newer central hubs, HomeKit; and what else there is. */
    private static final List<String> TYPES = List.of("_miio._udp", "_miot-central._tcp", "_hap._tcp");

    private static final String ALL_TYPES = "_services._dns-sd._udp";
    private static final InetSocketAddress GROUP = new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), 5353);
    private static final Duration BETWEEN = Duration.ofMillis(700);
    private static final int MOST_SERVICES = 64;

    /** {@code mac=34ce00889149}, also where a device puts {@code epoch=1:mac=…} into one string. */
    private static final Pattern MAC =
            Pattern.compile("(?:^|.*:)mac=([0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})", Pattern.CASE_INSENSITIVE);

    private MdnsQuery() {}

    /** @return the services by the address that announced them */
    static Map<InetAddress, Set<MdnsService>> ask(Datagrams datagrams, Deadline deadline) throws IOException {
        Map<InetAddress, Set<MdnsService>> found = new LinkedHashMap<>();
        byte[] question = MdnsMessage.question(Stream.concat(TYPES.stream(), Stream.of(ALL_TYPES))
                .map(type -> type + DOMAIN)
                .toList());
        for (Deadline pause : List.of(deadline.orIn(BETWEEN), deadline)) {
            datagrams.toAll(question, GROUP);
            datagrams.receive(
                    pause,
                    (from, octets) -> MdnsMessage.decode(octets)
                            .ifPresent(message -> add(
                                    message,
                                    found.computeIfAbsent(from.getAddress(), address -> new LinkedHashSet<>()))));
        }
        return found;
    }

    /** The services that one message announces. */
    static void add(MdnsMessage message, Set<MdnsService> services) {
        for (MdnsMessage.Pointer pointer : message.pointers()) {
            if (services.size() >= MOST_SERVICES) {
                return;
            }
            String owner = MdnsMessage.joined(pointer.owner());
            String target = MdnsMessage.joined(pointer.target());
            for (String type : TYPES) {
                if (owner.equals(type + DOMAIN) && target.endsWith("." + owner)) {
                    services.add(new MdnsService(type, pointer.target().getFirst(), mac(message, pointer.target())));
                } else if (owner.equals(ALL_TYPES + DOMAIN) && target.equals(type + DOMAIN)) {
                    services.add(new MdnsService(type, "", Optional.empty()));
                }
            }
        }
    }

    private static Optional<Mac> mac(MdnsMessage message, List<String> instance) {
        return message.texts().stream()
                .filter(text -> MdnsMessage.joined(text.owner()).equals(MdnsMessage.joined(instance)))
                .flatMap(text -> text.strings().stream())
                .map(MAC::matcher)
                .filter(Matcher::matches)
                .flatMap(matcher -> Mac.tryParse(matcher.group(1)).stream())
                .findFirst();
    }
}
