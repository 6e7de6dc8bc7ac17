package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Mac;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;

/** Reads a {@link Situation}, and waits for locks that are just changing. */
final class SituationReader {

    private final Home home;
    private final HostReader reader;
    private final LedgerFile ledger;
    private final Patience patience;
    private final Clock clock;

    /** Addresses of which the box did not tell in time; it may never, so they are not waited for again and again. */
    private final Set<InetAddress> untold = new HashSet<>();

    SituationReader(Home home, HostReader reader, LedgerFile ledger, Patience patience, Clock clock) {
        this.home = home;
        this.reader = reader;
        this.ledger = ledger;
        this.patience = patience;
        this.clock = clock;
    }

    Situation read() throws RouterException {
        Ledger notes = ledger.read();
        List<BoxHost> hosts = new ArrayList<>();
        for (BoxHost host : reader.all()) {
            hosts.add(interesting(notes, host) ? reader.withLock(host) : host);
        }
        settle(notes, hosts);
        return new Situation(home, notes, hosts, clock.instant());
    }

    private boolean interesting(Ledger notes, BoxHost host) {
        return home.deviceWith(host.mac()).isPresent()
                || notes.owns(host.address())
                || notes.locks().stream().map(Ledger.Lock::mac).anyMatch(host.mac()::equals);
    }

    private void settle(Ledger notes, List<BoxHost> hosts) throws RouterException {
        hosts.stream().filter(host -> !host.changing()).map(BoxHost::address).forEach(untold::remove);
        patience.await(() -> {
            boolean settled = true;
            for (int index = 0; index < hosts.size(); index++) {
                BoxHost host = hosts.get(index);
                if (host.changing() && interesting(notes, host) && !untold.contains(host.address())) {
                    Optional<BoxHost.Lock> now = reader.lock(host.address());
                    BoxHost after = now.map(host::with).orElse(host);
                    hosts.set(index, after);
                    settled &= !after.changing();
                }
            }
            return settled;
        });
        hosts.stream()
                .filter(host -> host.changing() && interesting(notes, host))
                .map(BoxHost::address)
                .forEach(untold::add);
    }

    /** Whatever the box did not tell of an address before, it is worth waiting for after a change. */
    void changed(Set<InetAddress> addresses) {
        untold.removeAll(addresses);
    }

    /** Hosts of one card. */
    List<BoxHost> hostsWith(Mac mac) throws RouterException {
        return reader.all().stream().filter(host -> host.mac().equals(mac)).toList();
    }
}
