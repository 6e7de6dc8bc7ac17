package org.funkstille.routers.fritzbox.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.routers.RouterException;

/** "Always assign this network device the same IPv4 address", by whichever pages the box has. */
public final class PinnedAddresses {

    private final WebSession session;
    private Optional<LandevicePages> found = Optional.empty();

    public PinnedAddresses(WebSession session) {
        this.session = session;
    }

    private LandevicePages pages() throws RouterException {
        if (found.isEmpty()) {
            found = Optional.of(RestPages.offeredBy(session) ? new RestPages(session) : new DataPages(session));
        }
        return found.orElseThrow();
    }

    /**
     * What is pinned for a device.
     *
     * @param address where the device has not yet taken the pinned one, it may be the one that it holds
     */
    public record Pinned(Mac mac, Optional<InetAddress> address) {}

    /** Those of the devices named that always get the same address. */
    public List<Pinned> of(List<Mac> macs) throws RouterException {
        List<Pinned> pinned = new ArrayList<>();
        for (Landevice device : pages().all()) {
            if (macs.contains(device.mac())) {
                Landevice.State state = pages().state(device);
                if (state.pinned()) {
                    pinned.add(new Pinned(device.mac(), state.address()));
                }
            }
        }
        return pinned;
    }

    /**
     * Pins an address, and looks whether it is.
     *
     * @throws RouterException.ReadBackDiffers where the box took the change and did not do it
     */
    public void pin(Mac mac, InetAddress address) throws RouterException {
        Landevice device = device(mac)
                .orElseThrow(() -> new RouterException.Refused("the FRITZ!Box has never seen " + mac
                        + ", so it cannot pin an address for it. Switch the device on, so that it stands under Home"
                        + " Network > Network, then try again"));
        pages().pin(device, Optional.of(address));
        if (!pages().state(device(mac).orElse(device)).pinned()) {
            throw new RouterException.ReadBackDiffers(List.of(mac + " is not pinned to " + Addresses.text(address)
                    + " (a box whose owner must confirm changes takes them and forgets them: switch off the"
                    + " confirmation for Funkstille's user, or pin the address by hand)"));
        }
    }

    /** Lets a device have any address again. Does nothing where the box does not know it. */
    public void unpin(Mac mac) throws RouterException {
        Optional<Landevice> device = device(mac);
        if (device.isEmpty()) {
            return;
        }
        pages().pin(device.get(), Optional.empty());
        if (pages().state(device(mac).orElse(device.get())).pinned()) {
            throw new RouterException.ReadBackDiffers(List.of(mac + " is still pinned"));
        }
    }

    private Optional<Landevice> device(Mac mac) throws RouterException {
        return pages().all().stream().filter(device -> device.mac().equals(mac)).findFirst();
    }
}
