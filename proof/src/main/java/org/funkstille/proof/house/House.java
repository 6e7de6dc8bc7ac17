package org.funkstille.proof.house;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * The networks around the router.
 *
 * @param inside the networks of the house
 * @param outside the interfaces that lead to the internet
 */
public record House(List<Leg> inside, List<String> outside) {

    /**
     * @param prefixes IPv4 and IPv6; IPv6 may be missing where the owner did not say it
     * @param router where the router's own addresses in it may lie
     */
    public record Leg(String network, String interfaceName, List<Prefix> prefixes, List<Prefix> router) {

        public Leg {
            prefixes = List.copyOf(prefixes);
            router = List.copyOf(router);
        }

        /** The router's addresses are not told: the first or the last of each prefix, as nearly all routers have it. */
        public Leg(String network, String interfaceName, List<Prefix> prefixes) {
            this(network, interfaceName, prefixes, usual(prefixes));
        }

        /** @param router none: not told */
        static Leg of(String network, String interfaceName, List<Prefix> prefixes, List<InetAddress> router) {
            return router.isEmpty()
                    ? new Leg(network, interfaceName, prefixes)
                    : new Leg(
                            network,
                            interfaceName,
                            prefixes,
                            router.stream().map(House::single).toList());
        }

        /** With more prefixes than before. */
        public Leg with(Collection<Prefix> all) {
            List<Prefix> more =
                    all.stream().filter(prefix -> !prefixes.contains(prefix)).toList();
            List<Prefix> routers = new ArrayList<>(router);
            routers.addAll(usual(more));
            return new Leg(network, interfaceName, List.copyOf(all), routers);
        }

        /** In IPv6 also the prefix itself, the anycast address of routers (RFC 4291 2.6.1). */
        private static List<Prefix> usual(List<Prefix> prefixes) {
            List<Prefix> usual = new ArrayList<>();
            for (Prefix prefix : prefixes) {
                Range range = AddressSets.range(prefix);
                if (prefix.family() == Family.IPV4) {
                    usual.add(single(AddressSets.address(range.first().next(), Family.IPV4)));
                    usual.add(single(AddressSets.address(range.last().previous(), Family.IPV4)));
                } else {
                    usual.add(single(AddressSets.address(range.first(), Family.IPV6)));
                    usual.add(single(AddressSets.address(range.first().next(), Family.IPV6)));
                }
            }
            return usual;
        }
    }

    /** The same house with a router that may have any address in it. */
    public House withRouterAnywhere() {
        return new House(
                inside.stream()
                        .map(leg -> new Leg(leg.network(), leg.interfaceName(), leg.prefixes(), leg.prefixes()))
                        .toList(),
                outside);
    }

    /** {@code 192.168.1.1 or 192.168.1.254 in lan}, for messages. */
    public String routerWords() {
        return inside.stream()
                .map(leg -> leg.router().stream()
                                .map(prefix -> Addresses.text(prefix.network()))
                                .collect(Collectors.joining(" or "))
                        + " in " + leg.network())
                .collect(Collectors.joining(", "));
    }

    /** Where the router's own addresses inside may lie. */
    public ValueSet router(Family family) {
        return AddressSets.of(
                family,
                inside.stream().map(Leg::router).flatMap(Collection::stream).toList());
    }

    private static Prefix single(InetAddress address) {
        return new Prefix(address, address.getAddress().length * 8);
    }

    public House {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    public static House of(Home home) {
        return new House(
                home.inside().stream()
                        .map(network ->
                                Leg.of(network.name(), network.interfaceName(), network.prefixes(), network.router()))
                        .toList(),
                home.networks().stream()
                        .filter(network -> !network.inside())
                        .map(Network::interfaceName)
                        .toList());
    }

    /** The prefixes on an interface; none where it is unknown or leads outside. */
    public List<Prefix> prefixes(String interfaceName) {
        return inside.stream()
                .filter(leg -> leg.interfaceName().equals(interfaceName))
                .map(Leg::prefixes)
                .flatMap(Collection::stream)
                .toList();
    }

    /** All addresses of the house in one family. */
    public ValueSet addresses(Family family) {
        return AddressSets.of(
                family,
                inside.stream().map(Leg::prefixes).flatMap(Collection::stream).toList());
    }

    /** The names of all interfaces, inside first. */
    public List<String> interfaces() {
        return Stream.concat(inside.stream().map(Leg::interfaceName), outside.stream())
                .distinct()
                .toList();
    }
}
