package org.funkstille.lab.facade.fritzbox;

import java.net.InetAddress;
import java.util.Locale;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;

/**
 * A device of the home network as the box knows it at this moment.
 *
 * @param uid the box's own name for it, {@code landevice1003}
 * @param ip the IPv4 address that it was last seen with
 * @param active true where it is there
 * @param dhcp true where its address is from the box
 * @param leaseSeconds how long its address is still its own; 0 without a lease
 */
record LanDevice(
        String uid,
        Mac mac,
        String name,
        InetAddress ip,
        boolean active,
        boolean wifi,
        boolean dhcp,
        long leaseSeconds) {

    String ipText() {
        return Addresses.text(ip);
    }

    /** As boxes write it. */
    String macText() {
        return mac.toString().toUpperCase(Locale.ROOT);
    }

    String interfaceType() {
        return wifi ? "802.11" : "Ethernet";
    }

    String addressSource() {
        return dhcp ? "DHCP" : "Static";
    }
}
