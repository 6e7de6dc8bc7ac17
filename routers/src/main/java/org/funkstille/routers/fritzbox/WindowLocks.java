package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;

/**
 * Windows on a box that closes none by itself. One is written down before it opens and struck out after it is closed, so
 * whoever looks next, in whatever process, knows when to close it.
 */
final class WindowLocks {

    private final Home home;
    private final SituationReader situations;
    private final Locks locks;
    private final LedgerFile ledger;
    private final Clock clock;

    WindowLocks(Home home, SituationReader situations, Locks locks, LedgerFile ledger, Clock clock) {
        this.home = home;
        this.situations = situations;
        this.locks = locks;
        this.ledger = ledger;
        this.clock = clock;
    }

    void open(Device device, Duration length) throws RouterException {
        Situation situation = situations.read();
        List<BoxHost> hosts = situation.hostsOf(device);
        if (hosts.isEmpty()) {
            throw new RouterException.Refused(
                    device.name() + ": the FRITZ!Box has never seen it, so there is nothing to"
                            + " open; switch it on, then try again");
        }
        Instant until = clock.instant().plus(length);
        Set<InetAddress> lifted = new HashSet<>();
        situation.ledger().windowOf(device.name()).ifPresent(open -> lifted.addAll(open.lifted()));
        hosts.stream()
                .filter(host -> host.disallowed() && !situation.ledger().owns(host.address()))
                .map(BoxHost::address)
                .forEach(lifted::add);
        ledger.change(before -> before.with(new Ledger.Window(device.name(), until, lifted)));
        try {
            for (BoxHost host : hosts) {
                if (host.disallowed()) {
                    locks.lift(host);
                }
            }
            locks.awaitOpen(addresses(hosts));
            situations.changed(addresses(hosts));
        } catch (RouterException failed) {
            shutAgain(device, lifted, failed);
            throw failed;
        }
    }

    /** Where this fails as well, the window is overdue at once, and the next look closes it. */
    private void shutAgain(Device device, Set<InetAddress> lifted, RouterException failed) {
        try {
            Instant now = clock.instant();
            ledger.change(before -> before.with(new Ledger.Window(device.name(), now, lifted)));
            close(device.name());
        } catch (RouterException again) {
            failed.addSuppressed(again);
        }
    }

    private static Set<InetAddress> addresses(List<BoxHost> hosts) {
        return hosts.stream().map(BoxHost::address).collect(Collectors.toUnmodifiableSet());
    }

    /** Locks the device again if it is still to be silent; what the owner had locked himself is locked in any case. */
    void close(String name) throws RouterException {
        Situation situation = situations.read();
        Set<InetAddress> lifted =
                situation.ledger().windowOf(name).map(Ledger.Window::lifted).orElse(Set.of());
        Optional<Device> device = home.device(name);
        List<BoxHost> hosts = device.isPresent()
                ? situation.hostsOf(device.get())
                : situation.hosts().stream()
                        .filter(host -> lifted.contains(host.address()))
                        .toList();
        boolean restricted = device.filter(Device::restricted).isPresent();
        Set<InetAddress> shut = new HashSet<>();
        for (BoxHost host : hosts) {
            if (lifted.contains(host.address())) {
                locks.lockForOwner(host.address());
                shut.add(host.address());
            } else if (restricted) {
                locks.lock(name, host);
                shut.add(host.address());
            }
        }
        locks.awaitShut(shut);
        situations.changed(shut);
        if (!restricted) {
            // Locks of ours that the window lifted will not come back, and must not be taken for ours later.
            for (Ledger.Lock lock : ledger.read().locksOf(name)) {
                boolean ignored = locks.unlock(lock.address());
            }
        }
        ledger.change(before -> before.withoutWindow(name));
    }
}
