package org.funkstille.routers.pfsense;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.RouterException;

/**
 * The router's interfaces. Each has three names: pfSense's id ({@code lan}, {@code opt1}), the system's ({@code em1},
 * {@code igb1.20}) and what its owner calls it; the home may use any of them.
 */
record PfSenseInterfaces(List<Leg> legs) {

    PfSenseInterfaces {
        legs = List.copyOf(legs);
    }

    /** One interface. */
    record Leg(String id, String device, String title, Set<InetAddress> addresses, List<Prefix> prefixes) {

        Leg {
            addresses = Set.copyOf(addresses);
            prefixes = List.copyOf(prefixes);
        }

        boolean isCalled(String name) {
            return id.equals(name) || device.equals(name) || title.equalsIgnoreCase(name);
        }
    }

    static PfSenseInterfaces read(PfSenseApi api) throws RouterException {
        // The state of the interfaces also has addresses that came by DHCP or from a delegated prefix.
        Optional<List<Item>> live = api.listIfThere("status/interfaces", Map.of("limit", "0"));
        List<Leg> legs = live.isPresent()
                ? live.get().stream().map(item -> leg(item, "name", "hwif")).toList()
                : api.list("interfaces").stream()
                        .map(item -> leg(item, "id", "if"))
                        .toList();
        return new PfSenseInterfaces(legs);
    }

    private static Leg leg(Item item, String id, String device) {
        Set<InetAddress> addresses = new HashSet<>();
        Set<Prefix> prefixes = new HashSet<>();
        held(item, "ipaddr", "subnet", addresses, prefixes);
        held(item, "ipaddrv6", "subnetv6", addresses, prefixes);
        item.text("linklocal")
                .map(text -> text.replaceFirst("%.*", ""))
                .flatMap(Addresses::tryParse)
                .ifPresent(addresses::add);
        return new Leg(
                item.textOr(id, ""),
                item.textOr(device, ""),
                item.textOr("descr", ""),
                addresses,
                List.copyOf(prefixes));
    }

    private static void held(
            Item item, String address, String subnet, Set<InetAddress> addresses, Set<Prefix> prefixes) {
        Optional<InetAddress> own =
                item.text(address).map(text -> text.replaceFirst("%.*", "")).flatMap(Addresses::tryParse);
        own.ifPresent(addresses::add);
        own.filter(found -> !found.isLinkLocalAddress())
                .flatMap(found -> length(item.textOr(subnet, ""))
                        .filter(length -> length <= found.getAddress().length * 8)
                        .map(length -> new Prefix(found, length)))
                .ifPresent(prefixes::add);
    }

    /** {@code 24}, or {@code 255.255.255.0} as the state of an interface has it. */
    private static Optional<Integer> length(String text) {
        if (text.matches("\\d{1,3}")) {
            return Optional.of(Integer.parseInt(text));
        }
        return Addresses.tryParse(text)
                .filter(mask -> mask.getAddress().length == 4)
                .map(mask -> Integer.bitCount(
                        java.nio.ByteBuffer.wrap(mask.getAddress()).getInt()));
    }

    Optional<Leg> called(String name) {
        return Stream.<java.util.function.Predicate<Leg>>of(
                        leg -> leg.device().equals(name), leg -> leg.id().equals(name), leg -> leg.isCalled(name))
                .flatMap(test -> legs.stream().filter(test))
                .findFirst();
    }

    /** The id by which the API knows it; what is none stays as it is. */
    String id(String name) {
        return called(name).map(Leg::id).orElse(name);
    }

    /** @throws RouterException.Refused where the home names an interface that is not there */
    void require(Home home) throws RouterException {
        for (Network network : home.inside()) {
            if (called(network.interfaceName()).isEmpty()) {
                throw new RouterException.Refused("the router has no interface \"" + network.interfaceName()
                        + "\", which network " + network.name() + " names; it has "
                        + legs.stream()
                                .map(leg -> leg.device() + " (" + leg.title() + ")")
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    Set<InetAddress> addresses() {
        return legs.stream().flatMap(leg -> leg.addresses().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** By the name that the home uses, else the system's. */
    Map<String, List<Prefix>> prefixes(Home home) {
        Map<String, List<Prefix>> prefixes = new LinkedHashMap<>();
        for (Leg leg : legs) {
            String name = home.networks().stream()
                    .map(Network::interfaceName)
                    .filter(used -> called(used).equals(Optional.of(leg)))
                    .findFirst()
                    .orElse(leg.device());
            prefixes.put(name, leg.prefixes());
        }
        return prefixes;
    }

    /** The interface in whose network an address is. */
    Optional<Leg> holding(InetAddress address) {
        return legs.stream()
                .filter(leg -> leg.prefixes().stream().anyMatch(prefix -> prefix.contains(address)))
                .findFirst();
    }
}
