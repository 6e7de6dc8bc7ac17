package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.routers.fritzbox.memory.Ledger;

/**
 * What the box says of its hosts at one moment, beside what we wrote down.
 *
 * @param hosts with their locks, where they are of interest
 */
record Situation(Home home, Ledger ledger, List<BoxHost> hosts, Instant now) {

    Situation {
        hosts = List.copyOf(hosts);
    }

    List<BoxHost> hostsOf(Device device) {
        return hosts.stream().filter(host -> device.macs().contains(host.mac())).toList();
    }

    Optional<BoxHost> hostAt(InetAddress address) {
        return hosts.stream().filter(host -> host.address().equals(address)).findFirst();
    }

    /** True where whatever is known of the device is locked. Of a device that the box never saw, nothing is. */
    boolean shut(Device device) {
        return hostsOf(device).stream().allMatch(BoxHost::shut);
    }

    /**
     * Locks of ours that now hit somebody else, because he took the address. A device that is to be locked anyway is
     * not hit.
     */
    List<Ledger.Lock> astray(String holder) {
        return ledger.locksOf(holder).stream()
                .filter(lock -> hostAt(lock.address())
                        .filter(host -> host.disallowed() && !belongs(holder, lock, host.mac()))
                        .isPresent())
                .toList();
    }

    private boolean belongs(String holder, Ledger.Lock lock, Mac mac) {
        return lock.mac().equals(mac)
                || home.deviceWith(mac)
                        .filter(device -> device.restricted() || device.name().equals(holder))
                        .isPresent();
    }

    /** Locks of ours that are in force. */
    Set<InetAddress> lockedFor(String holder) {
        return ledger.locksOf(holder).stream()
                .map(Ledger.Lock::address)
                .filter(address -> hostAt(address).filter(BoxHost::disallowed).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A window that was written down and is in force: where everything is locked, it never opened or is closed. */
    Optional<OpenWindow> window(String name) {
        boolean shut = home.device(name).filter(this::shut).isPresent();
        return ledger.windowOf(name)
                .filter(window -> !shut)
                .map(window -> new OpenWindow(name, window.until(), Optional.empty()));
    }

    boolean windowHolds(Device device) {
        return window(device.name())
                .filter(window -> now.isBefore(window.until()))
                .isPresent();
    }
}
