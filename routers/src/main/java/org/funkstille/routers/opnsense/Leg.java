package org.funkstille.routers.opnsense;

import java.net.InetAddress;
import java.util.List;
import org.funkstille.core.net.Prefix;

/**
 * An interface of the router.
 *
 * @param device its real name, {@code igb1_vlan20}, as pf and the filter log have it
 * @param id what rules call it, {@code lan}, {@code opt1}; empty where it is not assigned
 * @param addresses the router's own there, virtual ones included
 * @param prefixes without link-local ones
 */
record Leg(String device, String id, String description, List<InetAddress> addresses, List<Prefix> prefixes) {

    Leg {
        addresses = List.copyOf(addresses);
        prefixes = List.copyOf(prefixes);
    }

    /** True where the home calls it by any of its names. */
    boolean isCalled(String name) {
        return name.equals(device) || (!id.isEmpty() && name.equals(id)) || name.equalsIgnoreCase(description);
    }
}
