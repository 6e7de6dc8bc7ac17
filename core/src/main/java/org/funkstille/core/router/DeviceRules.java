package org.funkstille.core.router;

import java.net.InetAddress;
import java.util.Set;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Mac;

/**
 * What our rules on a router do with one device, wanted or in force.
 *
 * @param device the name that stands in the mark {@code funkstille:<device>}
 * @param macs packets from these are the device's
 * @param addresses packets from these are treated as the device's, whoever sends them; empty for an online device
 * @param echo true where the router answers its pings
 * @param peers addresses in other networks of the house to which it may open connections
 */
public record DeviceRules(
        String device, Set<Mac> macs, Set<InetAddress> addresses, Policy policy, boolean echo, Set<InetAddress> peers) {

    public DeviceRules {
        macs = Set.copyOf(macs);
        addresses = Set.copyOf(addresses);
        peers = Set.copyOf(peers);
    }
}
