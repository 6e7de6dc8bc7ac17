package org.funkstille.core.router;

import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.net.Prefix;

/**
 * What a router says at one moment.
 *
 * @param rules our rules in force, one entry for each device
 * @param damage what is wrong with the rules that all devices share, in the router's own words; empty: nothing
 * @param reservations the pinned addresses that are ours
 * @param ownAddresses the addresses that the router itself holds
 * @param ownPrefixes the networks that it has there, by the name of its interface; without link-local ones
 * @param counts by device name
 * @param savedRules what a reboot would bring back; absent: nothing is saved
 */
public record Observation(
        Instant at,
        List<DeviceRules> rules,
        List<String> damage,
        List<Reservation> reservations,
        List<Lease> leases,
        List<Neighbour> neighbours,
        Set<InetAddress> ownAddresses,
        Map<String, List<Prefix>> ownPrefixes,
        List<OpenWindow> windows,
        Map<String, Counts> counts,
        Optional<List<DeviceRules>> savedRules,
        List<Caveat> caveats) {

    public Observation {
        rules = List.copyOf(rules);
        damage = List.copyOf(damage);
        reservations = List.copyOf(reservations);
        leases = List.copyOf(leases);
        neighbours = List.copyOf(neighbours);
        ownAddresses = Set.copyOf(ownAddresses);
        ownPrefixes = ownPrefixes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        windows = List.copyOf(windows);
        counts = Map.copyOf(counts);
        savedRules = savedRules.map(List::copyOf);
        caveats = List.copyOf(caveats);
    }

    public Optional<OpenWindow> windowOf(String device) {
        return windows.stream().filter(window -> window.device().equals(device)).findFirst();
    }

    public boolean has(Caveat.Kind kind) {
        return caveats.stream().anyMatch(caveat -> caveat.kind() == kind);
    }

    /** Every address that the device is known to hold or is given: pinned, leased, seen on the wire. */
    public Set<InetAddress> addressesOf(Device device) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        device.address().ifPresent(addresses::add);
        addresses.addAll(device.addresses6());
        leases.stream()
                .filter(lease -> device.macs().contains(lease.mac()))
                .map(Lease::address)
                .forEach(addresses::add);
        neighbours.stream()
                .filter(neighbour -> device.macs().contains(neighbour.mac()))
                .map(Neighbour::address)
                .forEach(addresses::add);
        return addresses;
    }
}
