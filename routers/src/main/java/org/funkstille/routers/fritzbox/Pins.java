package org.funkstille.routers.fritzbox;

import java.net.InetAddress;
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

    private final Home home;
    private final PinnedAddresses pages;
    private final LedgerFile ledger;
    private final boolean allowed;

    /**
     * What could be found out.
     *
     * @param missing why nothing could; then there are no reservations
     */
    record Found(List<Reservation> reservations, Optional<String> missing) {}

    Pins(Home home, PinnedAddresses pages, LedgerFile ledger, boolean allowed) {
        this.home = home;
        this.pages = pages;
        this.ledger = ledger;
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
            List<Mac> macs = macs(wanted, ours);
            for (Pinned pinned : macs.isEmpty() ? List.<Pinned>of() : pages.of(macs)) {
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

    void reserve(Reservation reservation) throws RouterException {
        requireAllowed(reservation);
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
