package org.funkstille.routers.linux;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;

/**
 * An address that the router holds, as a line of {@code ip -o addr show} tells it.
 *
 * @param network the network that the kernel reaches there
 */
record InterfaceAddress(String interfaceName, InetAddress address, Prefix network) {

    /**
     * {@code 2: iot0    inet 192.168.20.1/24 brd 192.168.20.255 scope global iot0}; on a link between two hosts
     * {@code 3: ppp0    inet 192.0.2.7 peer 192.0.2.1/32 scope global ppp0}.
     */
    static Optional<InterfaceAddress> of(String line) {
        List<String> words = List.of(line.trim().split("\\s+"));
        if (words.size() < 4) {
            return Optional.empty();
        }
        String name = words.get(1).replaceFirst("@.*", "");
        String own = words.get(3);
        String network = words.size() > 5 && words.get(4).equals("peer") ? words.get(5) : own;
        return Addresses.tryParse(own.replaceFirst("/.*", ""))
                .map(address -> new InterfaceAddress(
                        name, address, Prefix.tryParse(network).orElseGet(() -> alone(address))));
    }

    private static Prefix alone(InetAddress address) {
        return new Prefix(address, address.getAddress().length * 8);
    }

    /** By interface, in the router's order, without those that every interface has of itself. */
    static Map<String, List<Prefix>> prefixes(Collection<InterfaceAddress> addresses) {
        Map<String, List<Prefix>> prefixes = new TreeMap<>();
        for (InterfaceAddress one : addresses) {
            List<Prefix> known = prefixes.computeIfAbsent(one.interfaceName(), name -> new ArrayList<>());
            if (!one.address().isLinkLocalAddress() && !known.contains(one.network())) {
                known.add(one.network());
            }
        }
        return prefixes;
    }
}
