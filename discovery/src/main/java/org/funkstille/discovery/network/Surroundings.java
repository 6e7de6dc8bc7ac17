package org.funkstille.discovery.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Neighbour;

/**
 * What this machine knows of the network around it, without asking anybody.
 *
 * @param gateways IPv4 first, in the order of their metric
 * @param forwards true where it passes IPv4 packets on for others
 */
public record Surroundings(
        List<OwnInterface> interfaces, List<Gateway> gateways, List<Neighbour> neighbours, boolean forwards) {

    public Surroundings {
        interfaces = List.copyOf(interfaces);
        gateways = List.copyOf(gateways);
        neighbours = List.copyOf(neighbours);
    }

    public Optional<OwnInterface> interfaceNamed(String name) {
        return interfaces.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    public Set<InetAddress> ownAddresses() {
        return interfaces.stream()
                .flatMap(one -> one.addresses().stream())
                .map(OwnAddress::address)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Set<Mac> ownMacs() {
        return interfaces.stream().flatMap(one -> one.mac().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** True of addresses that are reached without a router. */
    public boolean isOnLink(InetAddress address) {
        return interfaces.stream()
                .flatMap(one -> one.addresses().stream())
                .anyMatch(own -> own.network().contains(address));
    }

    public Optional<Mac> macOf(InetAddress address) {
        return neighbours.stream()
                .filter(neighbour -> neighbour.address().equals(address))
                .map(Neighbour::mac)
                .findFirst();
    }

    /** The interfaces behind which somebody lives for whom this machine could be the router. */
    public List<OwnInterface> inside() {
        Set<String> outward = gateways.stream().map(Gateway::interfaceName).collect(Collectors.toSet());
        return interfaces.stream()
                .filter(OwnInterface::leadsToPeople)
                .filter(one -> !outward.contains(one.name()))
                .filter(one -> one.ipv4()
                        .filter(own -> own.address().isSiteLocalAddress())
                        .isPresent())
                .toList();
    }
}
