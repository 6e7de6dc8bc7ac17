package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Optional;

/**
 * A set of {@code ipset}.
 *
 * @param parts what its keys consist of: {@code ip}, {@code net}, {@code port}, {@code mac}, {@code mark},
 *     {@code iface}, {@code set}
 * @param family {@code inet}, {@code inet6}, or empty where it holds no addresses
 * @param option what of its creation changes what it matches and is not understood here; else empty
 */
record IpSet(
        String name,
        String type,
        List<String> parts,
        String family,
        Optional<Integer> netmask,
        String option,
        List<Entry> entries) {

    IpSet {
        parts = List.copyOf(parts);
        entries = List.copyOf(entries);
    }

    IpSet with(List<Entry> filled) {
        return new IpSet(name, type, parts, family, netmask, option, filled);
    }

    /**
     * @param seconds until it expires; absent: never
     * @param nomatch an exception from a wider entry
     * @param prefixMatch ({@code wildcard}) its interface is the beginning of a name
     */
    record Entry(List<String> key, Optional<Long> seconds, boolean nomatch, boolean prefixMatch) {
        Entry {
            key = List.copyOf(key);
        }
    }
}
