package org.funkstille.proof.prover;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Picks, of all packets that get out, one that an engineer believes at once: TCP to port 443 rather than protocol 0. */
final class Packets {

    private static final long SYN = 2;
    private static final long ACK = 16;

    private final Map<Field, List<Value>> liked = new EnumMap<>(Field.class);

    /** The router's own address, where the packet is for it. */
    private final List<Value> router = new ArrayList<>();

    Packets(Subject subject, Family family, Optional<InetAddress> router) {
        List<Value> sources = new ArrayList<>();
        subject.addresses().stream()
                .filter(address -> Family.of(address) == family)
                .forEach(address -> sources.add(Value.of(address)));
        liked.put(Field.SOURCE, sources);
        List<Value> destinations = new ArrayList<>();
        for (String text : family == Family.IPV4
                ? List.of("198.51.100.10", "203.0.113.80", "1.1.1.1", "8.8.8.8")
                : List.of("2600::1", "2001:db8:ffff::1", "2606:4700::1111")) {
            Addresses.tryParse(text).ifPresent(address -> destinations.add(Value.of(address)));
        }
        liked.put(Field.DESTINATION, destinations);
        router.ifPresent(address -> this.router.add(Value.of(address)));
        liked.put(Field.PROTOCOL, numbers(6, 17, family == Family.IPV4 ? 1 : 58, 50, 47));
        liked.put(Field.SOURCE_PORT, numbers(49152, 40000, 68, 546));
        liked.put(Field.DESTINATION_PORT, numbers(443, 53, 80, 123, 8053));
        liked.put(Field.ICMP_TYPE, numbers(family == Family.IPV4 ? 8 : 128, 1, 3));
        liked.put(Field.TCP_FLAGS, numbers(SYN, ACK));
        liked.put(Field.LATER_FRAGMENT, numbers(0));
        liked.put(Field.LENGTH, numbers(60, 100));
        liked.put(Field.HOP_LIMIT, numbers(64));
        liked.put(Field.STATE, numbers(Field.STATE_NEW));
        liked.put(Field.EXTENSION, numbers(Field.NO_EXTENSION));
        liked.put(Field.ETHER_DESTINATION, numbers(0x02_00_00_00_00_01L));
    }

    /** The likeliest packet of the box, which is not empty. */
    Packet of(Box box) {
        boolean toRouter = box.get(Field.DESTINATION_TYPE).contains(Field.TYPE_LOCAL);
        return new Packet(field -> field == Field.DESTINATION && toRouter
                ? pick(box.get(field), router)
                : pick(box.get(field), liked.getOrDefault(field, List.of())));
    }

    /** How likely an escape is; the least is the best. */
    int rank(Escape escape) {
        return rank(of(escape.sent())) + (escape.way() == Escape.Way.OUTSIDE ? 0 : 20);
    }

    /** How likely a packet is; the least is the best. One to the house's outside is better than one to the router. */
    int rank(Packet packet) {
        int rank = packet.number(Field.DESTINATION_TYPE) == Field.TYPE_UNICAST
                ? 0
                : packet.number(Field.DESTINATION_TYPE) == Field.TYPE_LOCAL ? 15 : 30;
        rank += packet.number(Field.STATE) == Field.STATE_NEW ? 0 : 10;
        rank += packet.number(Field.EXTENSION) == Field.NO_EXTENSION ? 0 : 5;
        rank += packet.number(Field.LATER_FRAGMENT) == 0 ? 0 : 5;
        return rank
                + switch ((int) packet.number(Field.PROTOCOL)) {
                    case 6 -> 0;
                    case 17 -> 1;
                    case 1, 58 -> 2;
                    default -> 3;
                };
    }

    private static Value pick(ValueSet set, List<Value> liked) {
        for (Value value : liked) {
            if (set.contains(value)) {
                return value;
            }
        }
        return set.first().orElse(Value.ZERO);
    }

    private static List<Value> numbers(long... numbers) {
        return LongStream.of(numbers).mapToObj(Value::of).toList();
    }
}
