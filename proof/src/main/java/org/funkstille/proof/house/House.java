package org.funkstille.proof.house;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.sets.ValueSet;

/**
 * The networks around the router.
 *
 * @param inside the networks of the house
 * @param outside the interfaces that lead to the internet
 */
public record House(List<Leg> inside, List<String> outside) {

    /** @param prefixes IPv4 and IPv6; IPv6 may be missing where the owner did not say it */
    public record Leg(String network, String interfaceName, List<Prefix> prefixes) {
        public Leg {
            prefixes = List.copyOf(prefixes);
        }
    }

    public House {
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    public static House of(Home home) {
        return new House(
                home.inside().stream()
                        .map(network -> new Leg(network.name(), network.interfaceName(), network.prefixes()))
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
