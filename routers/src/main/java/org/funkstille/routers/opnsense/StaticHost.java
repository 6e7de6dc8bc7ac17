package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.pf.Mark;

/**
 * An address that a DHCP server pins, ours or the owner's.
 *
 * @param macs in whatever spelling they stand there
 * @param inForce false where the entry is there and the server is told to pass over it
 */
record StaticHost(String uuid, String description, List<Mac> macs, List<InetAddress> addresses, boolean inForce) {

    StaticHost {
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    /** The device that we made it for; absent where it is the owner's. */
    Optional<String> device() {
        return Mark.tryParse(description).map(Mark::owner);
    }

    /** True where it does what is wanted and nothing else, whoever made it. */
    boolean does(Reservation reservation) {
        return inForce && macs.equals(List.of(reservation.mac())) && addresses.equals(List.of(reservation.address()));
    }

    /** What it pins, under our device's name. */
    List<Reservation> reservations(String device) {
        return macs.stream()
                .flatMap(mac -> addresses.stream().map(address -> new Reservation(device, mac, address)))
                .toList();
    }
}
