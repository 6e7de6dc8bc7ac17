package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.network.Segment;

/** What the web interface changes for one device, whichever of its ways it came. */
final class DeviceChanges {

    private final Box box;

    DeviceChanges(Box box) {
        this.box = box;
    }

    /**
     * Gives a device an address for always, or the one that is free again.
     *
     * @return false where the address is not of this house, the box's own or somebody else's
     */
    boolean reserve(LanDevice device, Optional<InetAddress> address) throws IOException, InterruptedException {
        if (address.isPresent() && !isFree(address.get(), device.mac())) {
            return false;
        }
        Configuration configuration = box.configuration();
        configuration.settle(device.mac(), configuration.settings(device.mac()).reserved(address));
        box.reservations().write(device.mac(), address);
        return true;
    }

    private boolean isFree(InetAddress address, Mac mac) {
        for (Segment segment : Segment.values()) {
            if (Prefix.parse(segment.ipv4Prefix()).contains(address)) {
                String text = Addresses.text(address);
                return !text.equals(segment.routerIpv4())
                        && box.configuration()
                                .reservedFor(address)
                                .filter(owner -> !owner.equals(mac))
                                .isEmpty();
            }
        }
        return false;
    }

    void name(LanDevice device, String name) {
        Configuration configuration = box.configuration();
        configuration.settle(device.mac(), configuration.settings(device.mac()).named(name));
    }

    /** @return false where there is no such profile */
    boolean profile(LanDevice device, String id) {
        Configuration configuration = box.configuration();
        if (!configuration.profiles().containsKey(id)) {
            return false;
        }
        configuration.settle(device.mac(), configuration.settings(device.mac()).in(id));
        box.filter().begin(device.ip());
        return true;
    }
}
