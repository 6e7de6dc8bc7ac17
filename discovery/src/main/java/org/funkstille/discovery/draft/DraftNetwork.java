package org.funkstille.discovery.draft;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Prefix;

/**
 * A network as it goes into the draft.
 *
 * @param interfaceName the router's interface in it
 * @param guessed true where only the owner knows what the router calls that interface
 * @param ipv4 nothing: it is the way to the internet
 * @param ipv6 those of the house's own choice; what a provider gives out changes, and does not belong into a file
 * @param pool the addresses that DHCP gives to anyone, where that is known
 */
public record DraftNetwork(
        String name,
        String interfaceName,
        boolean guessed,
        Optional<Prefix> ipv4,
        List<Prefix> ipv6,
        Optional<AddressRange> pool) {

    public DraftNetwork {
        ipv6 = List.copyOf(ipv6);
        pool = pool.filter(
                range -> ipv4.filter(prefix -> prefix.contains(range.first()) && prefix.contains(range.last()))
                        .isPresent());
    }

    boolean contains(InetAddress address) {
        return ipv4.filter(prefix -> prefix.contains(address)).isPresent();
    }

    /** The same with that one of the pools which lies in it, where one does. */
    public DraftNetwork withPoolOf(Collection<AddressRange> pools) {
        Optional<AddressRange> fitting = pools.stream()
                .filter(range -> contains(range.first()) && contains(range.last()))
                .findFirst();
        return fitting.isEmpty() ? this : new DraftNetwork(name, interfaceName, guessed, ipv4, ipv6, fitting);
    }
}
