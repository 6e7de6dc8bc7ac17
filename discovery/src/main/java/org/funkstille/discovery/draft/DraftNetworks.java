package org.funkstille.discovery.draft;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.discovery.network.Gateway;
import org.funkstille.discovery.network.OwnAddress;
import org.funkstille.discovery.network.OwnInterface;
import org.funkstille.discovery.network.Surroundings;

/** The networks of the house, as far as somebody knows them. Their names, interfaces and prefixes do not collide. */
public final class DraftNetworks {

    private static final String LAN = "lan";
    private static final String INTERNET = "internet";

    private final List<DraftNetwork> networks = new ArrayList<>();
    private final DraftNames names = new DraftNames();

    private DraftNetworks() {}

    /** Those of a router that was looked at from within. */
    public static List<DraftNetwork> ofRouter(Surroundings router) {
        DraftNetworks drafts = new DraftNetworks();
        for (OwnInterface one : router.inside()) {
            drafts.inside(one.name(), one.name(), false, prefixes(one));
        }
        router.gateways().stream().map(Gateway::interfaceName).findFirst().ifPresent(name -> drafts.outside(name));
        return List.copyOf(drafts.networks);
    }

    /** Those that a router tells of, by interface. Which one leads out it does not tell: those without private addresses. */
    public static List<DraftNetwork> told(Map<String, List<Prefix>> byInterface) {
        DraftNetworks drafts = new DraftNetworks();
        new TreeMap<>(byInterface).forEach((name, prefixes) -> {
            boolean inside = prefixes.stream()
                    .anyMatch(prefix ->
                            prefix.family() == Family.IPV4 && prefix.network().isSiteLocalAddress());
            if (inside && new OwnInterface(name, Optional.empty(), List.of()).leadsToPeople()) {
                drafts.inside(name, name, false, prefixes);
            }
        });
        return List.copyOf(drafts.networks);
    }

    /** Those that this machine is in itself; the one with the router comes first. What it calls them, only it knows. */
    public static List<DraftNetwork> around(Surroundings here, Optional<InetAddress> router) {
        DraftNetworks drafts = new DraftNetworks();
        List<OwnInterface> interfaces = here.interfaces().stream()
                .filter(OwnInterface::leadsToPeople)
                .filter(one -> one.ipv4().isPresent())
                .toList();
        Set<OwnInterface> first = interfaces.stream()
                .filter(one -> router.filter(
                                address -> prefixes(one).stream().anyMatch(prefix -> prefix.contains(address)))
                        .isPresent())
                .collect(Collectors.toSet());
        first.forEach(one -> drafts.inside(LAN, LAN, true, prefixes(one)));
        interfaces.stream()
                .filter(one -> !first.contains(one))
                .forEach(one -> drafts.inside(one.name(), one.name(), true, prefixes(one)));
        return List.copyOf(drafts.networks);
    }

    private static List<Prefix> prefixes(OwnInterface one) {
        return one.addresses().stream()
                .filter(own -> !own.address().isLinkLocalAddress())
                .map(OwnAddress::network)
                .toList();
    }

    private void inside(String name, String interfaceName, boolean guessed, Collection<Prefix> prefixes) {
        Optional<Prefix> ipv4 = prefixes.stream()
                .filter(prefix -> prefix.family() == Family.IPV4 && prefix.length() >= 8 && prefix.length() <= 30)
                .filter(this::free)
                .findFirst();
        if (ipv4.isEmpty() || !fits(interfaceName)) {
            return;
        }
        List<Prefix> ipv6 = prefixes.stream()
                .filter(prefix -> prefix.length() <= 64 && isOfTheHouse(prefix.network()))
                .filter(this::free)
                .distinct()
                .toList();
        networks.add(new DraftNetwork(names.unique(name), interfaceName, guessed, ipv4, ipv6, Optional.empty()));
    }

    private void outside(String interfaceName) {
        if (fits(interfaceName)) {
            networks.add(new DraftNetwork(
                    names.unique(INTERNET), interfaceName, false, Optional.empty(), List.of(), Optional.empty()));
        }
    }

    private boolean free(Prefix prefix) {
        return networks.stream()
                .noneMatch(one -> one.ipv4().filter(prefix::overlaps).isPresent()
                        || one.ipv6().stream().anyMatch(prefix::overlaps));
    }

    private boolean fits(String interfaceName) {
        return interfaceName.matches("[A-Za-z0-9@:._-]{1,15}")
                && networks.stream().noneMatch(one -> one.interfaceName().equals(interfaceName));
    }

    /** RFC 4193: fc00::/7. */
    private static boolean isOfTheHouse(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
