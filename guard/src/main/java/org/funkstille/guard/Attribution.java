package org.funkstille.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;
import org.funkstille.core.router.Observation;

/**
 * Knows whose a packet is, where it was going, and what that is called. Safe for use by several threads.
 */
final class Attribution {

    /** A device that forges addresses must not fill our memory. */
    private static final int MOST_ADDRESSES = 65_536;

    private static final int MOST_NAMES = 16_384;

    private final Home home;
    private final Map<InetAddress, Mac> holders = new LinkedHashMap<>();
    private final Map<Mac, Device> devices = new HashMap<>();
    private final Map<InetAddress, String> names = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, String> eldest) {
            return size() > MOST_NAMES;
        }
    };
    private Set<InetAddress> routerAddresses = Set.of();

    Attribution(Home home) {
        this.home = home;
        home.devices().forEach(device -> device.macs().forEach(mac -> devices.put(mac, device)));
    }

    synchronized void learn(Observation observation) {
        observation.leases().forEach(this::lease);
        observation.neighbours().forEach(this::neighbour);
        routerAddresses = observation.ownAddresses();
    }

    private void lease(Lease lease) {
        holds(lease.address(), lease.mac());
    }

    private void neighbour(Neighbour neighbour) {
        holds(neighbour.address(), neighbour.mac());
    }

    /** @return true where this device was not known to hold this address */
    synchronized boolean holds(InetAddress address, Mac mac) {
        if (holders.size() >= MOST_ADDRESSES && !holders.containsKey(address)) {
            if (!devices.containsKey(mac)) {
                return false; // a flood of strangers must not push out what we guard
            }
            holders.remove(holders.keySet().iterator().next());
        }
        Mac before = holders.put(address, mac);
        return devices.containsKey(mac) && !mac.equals(before);
    }

    synchronized void named(InetAddress address, String name) {
        names.put(address, name);
    }

    synchronized Optional<String> nameOf(InetAddress address) {
        return Optional.ofNullable(names.get(address));
    }

    /**
     * By its MAC; a packet under a pinned address is its device's, whoever sent it. Where the router does not tell the
     * MAC, by whoever holds the address.
     */
    synchronized Optional<Device> deviceOf(EvidenceEvent.Refused refused) {
        if (refused.mac().isEmpty()) {
            return deviceAt(refused.source());
        }
        return refused.mac()
                .flatMap(mac -> Optional.ofNullable(devices.get(mac)))
                .or(() -> home.devicePinnedTo(refused.source()));
    }

    synchronized Optional<Device> deviceAt(InetAddress address) {
        return Optional.ofNullable(holders.get(address))
                .flatMap(mac -> Optional.ofNullable(devices.get(mac)))
                .or(() -> home.devicePinnedTo(address));
    }

    /** True where the destination is not in the house, or is a service of the router that may carry things out. */
    synchronized boolean isWayOut(Endpoint destination) {
        if (routerAddresses.contains(destination.address())) {
            return !isHarmlessService(destination);
        }
        if (destination.address().isMulticastAddress() || destination.address().isLinkLocalAddress()) {
            return false;
        }
        return home.inside().stream().noneMatch(network -> inNetwork(network, destination));
    }

    /** True where the device's policy forbids a flow there. */
    synchronized boolean isForbidden(Device device, Endpoint destination) {
        boolean open = switch (device.policy()) {
            case Policy.Online online -> true;
            case Policy.Silent silent -> false;
            case Policy.AllowList list ->
                isResolver(destination) || list.destinations().stream().anyMatch(one -> one.matches(destination));
        };
        return !open && isWayOut(destination);
    }

    private boolean isResolver(Endpoint destination) {
        return destination.port() == 53 && routerAddresses.contains(destination.address());
    }

    private static boolean inNetwork(Network network, Endpoint destination) {
        return network.contains(destination.address());
    }

    /** What a silent device keeps: DHCP, and where its profile asks for it, pings. */
    private static boolean isHarmlessService(Endpoint destination) {
        boolean dhcp =
                destination.protocol().equals(Protocol.UDP) && (destination.port() == 67 || destination.port() == 547);
        return dhcp
                || destination.protocol().equals(Protocol.ICMP)
                || destination.protocol().equals(Protocol.ICMPV6);
    }
}
