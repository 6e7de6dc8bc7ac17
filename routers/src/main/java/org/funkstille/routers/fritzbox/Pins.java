package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.fritzbox.web.PinnedAddresses;
import org.funkstille.routers.fritzbox.web.PinnedAddresses.Pinned;

/** Pinned addresses, by the web interface, which TR-064 has no words for. Only where the owner allowed it. */
final class Pins {

    static final String NOT_ALLOWED = "TR-064 cannot pin addresses. Funkstille can do it by calls of the box's web"
            + " interface that its vendor does not document, where you allow it (allow: [web-interface])";

    /** One page for each device: not to be asked for every few seconds. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Home home;
    private final PinnedAddresses pages;
    private final LedgerFile ledger;
    private final Clock clock;
    private final boolean allowed;

    private Optional<Seen> seen = Optional.empty();

    private record Seen(Instant at, List<Pinned> pinned) {}

    /**
     * What could be found out.
     *
     * @param missing why nothing could; then there are no reservations
     */
    record Found(List<Reservation> reservations, Optional<String> missing) {}

    Pins(Home home, PinnedAddresses pages, LedgerFile ledger, Clock clock, boolean allowed) {
        this.home = home;
        this.pages = pages;
        this.ledger = ledger;
        this.clock = clock;
        this.allowed = allowed;
    }

    /** Locks matter more: where these pages fail, the rest is told all the same. */
    Found find() throws RouterException {
        if (!allowed) {
            return new Found(List.of(), Optional.of(NOT_ALLOWED));
        }
        List<Ledger.Pin> ours = ledger.read().pins();
        try {
            List<Reservation> found = new ArrayList<>();
            List<Reservation> wanted = WantedRules.reservations(home);
            for (Pinned pinned : read(macs(wanted, ours))) {
                Optional<Reservation> mine = ours.stream()
                        .map(Ledger.Pin::reservation)
                        .filter(reservation -> reservation.mac().equals(pinned.mac()))
                        .findFirst();
                // What the owner pinned himself is as good, where it is what is wanted.
                mine.or(() -> wanted.stream()
                                .filter(reservation -> reservation.mac().equals(pinned.mac()))
                                .filter(reservation -> pinned.address().equals(Optional.of(reservation.address())))
                                .findFirst())
                        .ifPresent(found::add);
            }
            return new Found(found, Optional.empty());
        } catch (RouterException.CertificateChanged changed) {
            throw changed;
        } catch (RouterException failed) {
            return new Found(
                    List.of(), Optional.of("the box's web interface could not be asked: " + failed.getMessage()));
        }
    }

    private static List<Mac> macs(List<Reservation> wanted, List<Ledger.Pin> ours) {
        List<Mac> macs = new ArrayList<>();
        wanted.forEach(reservation -> macs.add(reservation.mac()));
        ours.forEach(pin -> macs.add(pin.reservation().mac()));
        return macs.stream().distinct().toList();
    }

    private List<Pinned> read(List<Mac> macs) throws RouterException {
        Instant now = clock.instant();
        Optional<Seen> fresh = seen.filter(last -> now.isBefore(last.at.plus(FRESH)) && !now.isBefore(last.at));
        if (fresh.isEmpty()) {
            fresh = Optional.of(new Seen(now, macs.isEmpty() ? List.of() : pages.of(macs)));
            seen = fresh;
        }
        return fresh.orElseThrow().pinned;
    }

    void reserve(Reservation reservation) throws RouterException {
        requireAllowed(reservation);
        seen = Optional.empty();
        Optional<Ledger.Pin> ours = ledger.read().pins().stream()
                .filter(pin -> pin.reservation().mac().equals(reservation.mac()))
                .findFirst();
        Optional<InetAddress> before = ours.isPresent()
                ? ours.get().before()
                : pages.of(List.of(reservation.mac())).stream().findFirst().flatMap(Pinned::address);
        ledger.change(notes -> notes.with(new Ledger.Pin(reservation, before)));
        pages.pin(reservation.mac(), reservation.address());
    }

    /** @return what became of it, for people */
    String release(Reservation reservation) throws RouterException {
        requireAllowed(reservation);
        seen = Optional.empty();
        Mac mac = reservation.mac();
        Optional<InetAddress> before = ledger.read().pins().stream()
                .filter(pin -> pin.reservation().mac().equals(mac))
                .findFirst()
                .flatMap(Ledger.Pin::before);
        if (before.isPresent()) {
            pages.pin(mac, before.get());
        } else {
            pages.unpin(mac);
        }
        ledger.change(notes -> notes.withoutPin(mac));
        return reservation.device() + ": no longer pinned to " + Addresses.text(reservation.address())
                + before.map(address -> ", but to " + Addresses.text(address) + " as before")
                        .orElse("");
    }

    private void requireAllowed(Reservation reservation) throws RouterException {
        if (!allowed) {
            throw new RouterException.Refused(reservation.device() + ": " + NOT_ALLOWED);
        }
    }
}
