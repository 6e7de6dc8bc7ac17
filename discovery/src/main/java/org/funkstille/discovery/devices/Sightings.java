package org.funkstille.discovery.devices;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;

/** Puts together what belongs to one device: by its MAC address, by its address, at last by its miIO number. */
final class Sightings {

    /** A device on a network of this kind changes its IPv6 addresses daily; more than these say nothing new. */
    private static final int MOST_ADDRESSES = 32;

    private final Map<Mac, Set<InetAddress>> addresses = new TreeMap<>();
    private final Map<InetAddress, Mac> holders = new HashMap<>();
    private final Map<Mac, InetAddress> leased = new HashMap<>();
    private final Map<Mac, String> hostNames = new HashMap<>();
    private final Map<Mac, List<MdnsService>> services = new HashMap<>();
    private final Map<Mac, Long> greeted = new HashMap<>();

    void lease(Lease lease) {
        if (seen(lease.mac(), lease.address())) {
            lease.hostName().ifPresent(name -> hostNames.put(lease.mac(), name));
            if (lease.address() instanceof Inet4Address) {
                leased.put(lease.mac(), lease.address());
            }
        }
    }

    /** What comes later holds the address; so the table that is nearest to the truth comes last. */
    void neighbour(Neighbour neighbour) {
        boolean ignored = seen(neighbour.mac(), neighbour.address());
    }

    private boolean seen(Mac mac, InetAddress address) {
        if (mac.isGroup() || address.isLoopbackAddress() || address.isMulticastAddress()) {
            return false;
        }
        Set<InetAddress> known = addresses.computeIfAbsent(mac, one -> new TreeSet<>(Addresses.ORDER));
        if (!address.isLinkLocalAddress() && known.size() < MOST_ADDRESSES) {
            known.add(address);
        }
        holders.put(address, mac);
        return true;
    }

    void greeted(InetAddress address, long did) {
        Optional.ofNullable(holders.get(address)).or(() -> named(did)).ifPresent(mac -> greeted.put(mac, did));
    }

    private Optional<Mac> named(long did) {
        return hostNames.entrySet().stream()
                .filter(entry -> MiioName.of(entry.getValue())
                        .filter(name -> name.did() == did)
                        .isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void announced(InetAddress address, Collection<MdnsService> announced) {
        Mac holder = holders.get(address);
        if (holder != null) {
            services.computeIfAbsent(holder, mac -> new ArrayList<>()).addAll(announced);
        }
    }

    Optional<Mac> holderOf(InetAddress address) {
        return Optional.ofNullable(holders.get(address));
    }

    /** @return by MAC address */
    SequencedCollection<Signs> all() {
        return addresses.entrySet().stream()
                .map(entry -> new Signs(
                        entry.getKey(),
                        List.copyOf(entry.getValue()),
                        Optional.ofNullable(leased.get(entry.getKey())),
                        Optional.ofNullable(hostNames.get(entry.getKey())),
                        services.getOrDefault(entry.getKey(), List.of()),
                        Optional.ofNullable(greeted.get(entry.getKey()))))
                .toList();
    }
}
