package org.funkstille.core.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * One thing on the network.
 *
 * @param macs at least one; a device with cable and Wi-Fi has two
 * @param address the pinned IPv4 address
 * @param addresses6 IPv6 addresses that its owner fixed, for peers that others may reach
 * @param network the name of the network it lives in
 * @param profile what is known of its model, where that was named
 * @param reach names of devices in other networks with which it may open connections, either way round
 */
public record Device(
        String name,
        List<Mac> macs,
        Optional<InetAddress> address,
        List<InetAddress> addresses6,
        String network,
        Optional<Profile> profile,
        Policy policy,
        List<String> reach) {

    public Device {
        macs = List.copyOf(macs);
        addresses6 = List.copyOf(addresses6);
        reach = List.copyOf(reach);
        if (macs.isEmpty()) {
            throw new IllegalArgumentException("device " + name + " has no MAC address");
        }
    }

    /** True where the policy refuses something that leaves the house. */
    public boolean restricted() {
        return !(policy instanceof Policy.Online);
    }
}
