package org.funkstille.routers.fritzbox.web;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * A device as the web interface has it.
 *
 * @param uid the box's own name for it; another one after the box forgot the device
 */
record Landevice(String uid, Mac mac, String name) {

    /**
     * What the page of one device says.
     *
     * @param pinned true where it always gets the same address
     * @param address the pinned one, or the one that it holds until it takes the pinned one
     */
    record State(boolean pinned, Optional<InetAddress> address) {}
}
