package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * The prefixes on each interface: those of the house, and those that the rule set tells. pfSense and OPNsense keep a
 * table for each interface with its networks ({@code __lan_network}, {@code LAN__NETWORK}): the table that holds a
 * prefix of a leg tells the others of that leg.
 */
final class Networks {

    private final House house;
    private final Map<String, Set<Prefix>> byInterface = new HashMap<>();

    Networks(House given, Map<String, List<Net>> tables) {
        List<Set<Prefix>> systemTables = new ArrayList<>();
        List<Set<Prefix>> wanTables = new ArrayList<>();
        tables.forEach((name, nets) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith("_network")) {
                Set<Prefix> prefixes = prefixes(nets);
                systemTables.add(prefixes);
                if (lower.contains("wan") && !prefixes.isEmpty() && isOutside(given, prefixes)) {
                    wanTables.add(prefixes);
                }
            }
        });
        List<House.Leg> legs = given.inside().stream()
                .map(leg -> {
                    Set<Prefix> prefixes = new LinkedHashSet<>(leg.prefixes());
                    systemTables.stream()
                            .filter(table -> leg.prefixes().stream().anyMatch(table::contains))
                            .forEach(prefixes::addAll);
                    return leg.with(prefixes);
                })
                .toList();
        this.house = new House(legs, given.outside());
        byInterface.put("lo0", Set.of(Prefix.parse("127.0.0.0/8"), Prefix.parse("::1/128")));
        for (House.Leg leg : legs) {
            byInterface
                    .computeIfAbsent(leg.interfaceName(), _ -> new LinkedHashSet<>())
                    .addAll(leg.prefixes());
        }
        if (wanTables.size() == 1 && house.outside().size() == 1) {
            byInterface.putIfAbsent(house.outside().getFirst(), wanTables.getFirst());
        }
    }

    /** The house with all prefixes that are known. */
    House house() {
        return house;
    }

    /** The networks of an interface in one family; empty where none is known. */
    ValueSet of(String interfaceName, Family family) {
        return AddressSets.of(family, byInterface.getOrDefault(interfaceName, Set.of()));
    }

    List<Prefix> prefixes(String interfaceName) {
        return List.copyOf(byInterface.getOrDefault(interfaceName, Set.of()));
    }

    boolean isInside(String interfaceName) {
        return house.inside().stream().anyMatch(leg -> leg.interfaceName().equals(interfaceName));
    }

    boolean isOutside(String interfaceName) {
        return house.outside().contains(interfaceName);
    }

    private static boolean isOutside(House house, Set<Prefix> prefixes) {
        return house.inside().stream()
                .flatMap(leg -> leg.prefixes().stream())
                .noneMatch(mine -> prefixes.stream().anyMatch(mine::overlaps));
    }

    private static Set<Prefix> prefixes(List<Net> nets) {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        for (Net net : nets) {
            prefixes.add(new Prefix(Addresses.of(octets(net)), net.length()));
        }
        return prefixes;
    }

    private static byte[] octets(Net net) {
        Value first = net.range().first();
        byte[] octets = new byte[net.family() == Family.IPV4 ? 4 : 16];
        for (int index = 0; index < octets.length; index++) {
            int shift = (octets.length - 1 - index) * 8;
            octets[index] = (byte) (shift >= 64 ? first.high() >>> (shift - 64) : first.low() >>> shift);
        }
        return octets;
    }
}
