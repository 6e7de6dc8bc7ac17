package org.funkstille.core.config;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.config.Entry.Located;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;

/** What must agree between the parts of a home: names, addresses, networks. */
final class References {

    private final String file;
    private final List<Fault> faults;
    private final Map<String, Integer> lines = new HashMap<>();

    References(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** Names are unique within their kind. */
    void unique(String kind, Entry entry) {
        entry.name("name").ifPresent(name -> firstUse(kind + " name", name.value(), name));
    }

    void networks(List<Entry> entries, List<Network> networks) {
        for (Entry entry : entries) {
            entry.value("interface", HomeShape::interfaceName)
                    .ifPresent(name -> firstUse("interface", name.value(), name));
            Optional<Network> network = named(networks, entry);
            entry.value("pool", AddressRange::tryParse)
                    .ifPresent(pool -> network.ifPresent(home -> {
                        if (!home.contains(pool.value().first())
                                || !home.contains(pool.value().last())) {
                            fault(pool, "the pool " + pool.value() + " is not within the network " + home.name());
                        }
                    }));
        }
        for (int one = 0; one < networks.size(); one++) {
            for (int other = 0; other < one; other++) {
                overlap(entries, networks.get(one), networks.get(other));
            }
        }
    }

    private void overlap(List<Entry> entries, Network network, Network earlier) {
        boolean overlaps = network.prefixes().stream()
                .anyMatch(prefix -> earlier.prefixes().stream().anyMatch(prefix::overlaps));
        if (overlaps) {
            entries.stream()
                    .flatMap(entry -> entry.name("name").stream())
                    .filter(name -> name.value().equals(network.name()))
                    .findFirst()
                    .ifPresent(name ->
                            fault(name, "the networks " + network.name() + " and " + earlier.name() + " overlap"));
        }
    }

    void devices(List<Entry> entries, List<Network> networks) {
        Set<String> names = new HashSet<>();
        Set<String> addressed = new HashSet<>();
        for (Entry entry : entries) {
            entry.name("name").ifPresent(name -> {
                names.add(name.value());
                if (entry.text("address").isPresent()
                        || !entry.values("address6", Optional::of).isEmpty()) {
                    addressed.add(name.value());
                }
            });
        }
        for (Entry entry : entries) {
            entry.values("mac", Mac::tryParse)
                    .forEach(mac -> firstUse("MAC address", mac.value().toString(), mac));
            entry.name("network").ifPresent(name -> knownNetwork(name, networks));
            Optional<Network> network = entry.name("network")
                    .flatMap(name -> networks.stream()
                            .filter(one -> one.name().equals(name.value()))
                            .findFirst());
            entry.value("address", HomeShape::address4).ifPresent(address -> address(address, network));
            entry.values("address6", HomeShape::address6).forEach(address -> address(address, network));
            entry.values("reach", HomeShape::name).forEach(peer -> {
                if (!names.contains(peer.value())) {
                    faults.add(YamlText.at(
                            file,
                            peer.mark(),
                            "device \"" + peer.value() + "\" is not known; reach names devices of this file",
                            Nearest.to(peer.value(), names)));
                } else if (!addressed.contains(peer.value())) {
                    fault(
                            peer,
                            "\"" + peer.value()
                                    + "\" has no address of its own, so there is nothing to reach; give it an"
                                    + " address");
                }
            });
        }
    }

    private void knownNetwork(Located<String> name, List<Network> networks) {
        List<String> inside =
                networks.stream().filter(Network::inside).map(Network::name).toList();
        if (!inside.contains(name.value())) {
            faults.add(YamlText.at(
                    file,
                    name.mark(),
                    "network \"" + name.value() + "\" is not one of the house; expected one of "
                            + String.join(", ", inside),
                    Nearest.to(name.value(), inside)));
        }
    }

    private void address(Located<InetAddress> address, Optional<Network> network) {
        String text = Addresses.text(address.value());
        firstUse("address", text, address);
        network.filter(Network::inside).ifPresent(home -> {
            if (!home.contains(address.value())) {
                fault(
                        address,
                        text + " is not in the network " + home.name() + " ("
                                + String.join(
                                        ", ",
                                        home.prefixes().stream()
                                                .map(Object::toString)
                                                .toList()) + ")");
            } else if (Family.of(address.value()) == Family.IPV4
                    && home.pool()
                            .filter(pool -> pool.contains(address.value()))
                            .isPresent()) {
                fault(
                        address,
                        text + " is inside the DHCP pool of " + home.name() + " ("
                                + home.pool().get()
                                + "); another device could be given it. Pin an address outside the pool");
            }
        });
    }

    private void firstUse(String kind, String value, Located<?> located) {
        int line = located.mark().getLine() + 1;
        Integer earlier = lines.putIfAbsent(kind + " " + value, line);
        if (earlier != null) {
            fault(located, "the " + kind + " " + value + " is already used in line " + earlier);
        }
    }

    private static Optional<Network> named(List<Network> networks, Entry entry) {
        return entry.name("name")
                .flatMap(name -> networks.stream()
                        .filter(network -> network.name().equals(name.value()))
                        .findFirst());
    }

    private void fault(Located<?> located, String message) {
        faults.add(YamlText.at(file, located.mark(), message));
    }
}
