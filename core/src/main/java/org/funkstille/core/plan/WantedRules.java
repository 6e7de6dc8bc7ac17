package org.funkstille.core.plan;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Profile;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.Reservation;

/** What the home asks of its router, device by device. */
public final class WantedRules {

    private WantedRules() {}

    /** For what was observed: addresses by lease, and all that are known where the router goes by address. */
    public static List<DeviceRules> of(Home home, Observation observed) {
        List<DeviceRules> byMac = of(home, observed.leases());
        if (!observed.has(Caveat.Kind.BY_ADDRESS)) {
            return byMac;
        }
        return byMac.stream()
                .map(rules -> home.device(rules.device())
                        .filter(Device::restricted)
                        .map(device -> withAll(rules, observed.addressesOf(device)))
                        .orElse(rules))
                .toList();
    }

    /** Link-local addresses lead nowhere but to the router; a rule by them would match every network alike. */
    private static DeviceRules withAll(DeviceRules rules, Set<InetAddress> held) {
        Set<InetAddress> all = new LinkedHashSet<>(rules.addresses());
        held.stream().filter(address -> !address.isLinkLocalAddress()).forEach(all::add);
        return new DeviceRules(rules.device(), rules.macs(), all, rules.policy(), rules.echo(), rules.peers());
    }

    /**
     * In the order of the home's devices, for a router that knows devices by MAC.
     *
     * @param leases addresses that peers hold while they have not yet taken the pinned one
     */
    public static List<DeviceRules> of(Home home, List<Lease> leases) {
        Map<String, Set<InetAddress>> addresses = new HashMap<>();
        home.devices().forEach(device -> addresses.put(device.name(), addressesOf(device, leases)));
        Map<String, Set<InetAddress>> peers = new HashMap<>();
        for (Device device : home.devices()) {
            for (String other : device.reach()) {
                // A hole is for both: local protocols answer from ports of their own, so each side opens flows.
                link(peers, device.name(), other, addresses);
                link(peers, other, device.name(), addresses);
            }
        }
        return home.devices().stream()
                .map(device -> of(device, peers.getOrDefault(device.name(), Set.of())))
                .toList();
    }

    private static void link(
            Map<String, Set<InetAddress>> peers, String from, String to, Map<String, Set<InetAddress>> addresses) {
        if (!from.equals(to)) {
            peers.computeIfAbsent(from, name -> new LinkedHashSet<>()).addAll(addresses.getOrDefault(to, Set.of()));
        }
    }

    private static Set<InetAddress> addressesOf(Device device, List<Lease> leases) {
        Set<InetAddress> addresses = new LinkedHashSet<>(device.addresses6());
        device.address().ifPresent(addresses::add);
        leases.stream()
                .filter(lease -> device.macs().contains(lease.mac()))
                .map(Lease::address)
                .forEach(addresses::add);
        return addresses;
    }

    public static List<Reservation> reservations(Home home) {
        return home.devices().stream()
                .flatMap(device -> device.address().stream()
                        .map(address ->
                                new Reservation(device.name(), device.macs().getFirst(), address)))
                .toList();
    }

    private static DeviceRules of(Device device, Set<InetAddress> peers) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        if (device.restricted()) {
            device.address().ifPresent(addresses::add);
            addresses.addAll(device.addresses6());
        }
        boolean echo = device.profile().map(Profile::echo).orElse(false);
        return new DeviceRules(device.name(), Set.copyOf(device.macs()), addresses, device.policy(), echo, peers);
    }
}
