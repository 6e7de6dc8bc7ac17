package org.funkstille.core.plan;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Profile;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;

/** What the home asks of its router, device by device. */
public final class WantedRules {

    private WantedRules() {}

    /** @param leases addresses that peers hold while they have not yet taken the pinned one */
    public static List<DeviceRules> of(Home home, List<Lease> leases) {
        return home.devices().stream().map(device -> of(home, device, leases)).toList();
    }

    public static List<Reservation> reservations(Home home) {
        return home.devices().stream()
                .flatMap(device -> device.address().stream()
                        .map(address ->
                                new Reservation(device.name(), device.macs().getFirst(), address)))
                .toList();
    }

    private static DeviceRules of(Home home, Device device, List<Lease> leases) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        if (device.restricted()) {
            device.address().ifPresent(addresses::add);
            addresses.addAll(device.addresses6());
        }
        boolean echo = device.profile().map(Profile::echo).orElse(false);
        return new DeviceRules(
                device.name(),
                Set.copyOf(device.macs()),
                addresses,
                device.policy(),
                echo,
                peersOf(home, device, leases));
    }

    /** A hole is for both: local protocols answer from ports of their own, so each side opens flows. */
    private static Set<InetAddress> peersOf(Home home, Device device, List<Lease> leases) {
        Set<InetAddress> peers = new LinkedHashSet<>();
        for (Device other : home.devices()) {
            boolean named =
                    device.reach().contains(other.name()) || other.reach().contains(device.name());
            if (named && !other.name().equals(device.name())) {
                Optional.of(other).flatMap(Device::address).ifPresent(peers::add);
                peers.addAll(other.addresses6());
                leases.stream()
                        .filter(lease -> other.macs().contains(lease.mac()))
                        .map(Lease::address)
                        .forEach(peers::add);
            }
        }
        return peers;
    }
}
