package org.funkstille.core.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Prefix;

/**
 * A network that the router has a leg in.
 *
 * @param interfaceName the router's interface, {@code iot0}
 * @param prefixes the IPv4 and IPv6 prefixes used in it; none: it is not of the house, the way to the internet
 * @param vlan the 802.1Q id, where it has one
 * @param pool the addresses that DHCP gives to anyone
 * @param router the router's own addresses in it; none: not told, usually the first or the last
 * @param refusesIpv6 true where nobody in it may leave it over IPv6. For routers that know devices by address only: an
 *     IPv6 device makes its own addresses
 */
public record Network(
        String name,
        String interfaceName,
        List<Prefix> prefixes,
        Optional<Integer> vlan,
        Optional<AddressRange> pool,
        List<InetAddress> router,
        boolean refusesIpv6) {

    public Network {
        prefixes = List.copyOf(prefixes);
        router = List.copyOf(router);
    }

    /** A network whose owner did not tell the router's addresses. */
    public Network(
            String name,
            String interfaceName,
            List<Prefix> prefixes,
            Optional<Integer> vlan,
            Optional<AddressRange> pool) {
        this(name, interfaceName, prefixes, vlan, pool, List.of(), false);
    }

    /** True for a network of the house. */
    public boolean inside() {
        return !prefixes.isEmpty();
    }

    public boolean contains(InetAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }
}
