package org.funkstille.proof.question;

import java.util.List;
import java.util.stream.Stream;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.ValueSet;

/** What kinds of addresses there are (RFC 6890, RFC 4291), as far as routers treat them apart. */
public final class Addressing {

    private static final List<Prefix> MULTICAST = prefixes("224.0.0.0/4", "ff00::/8");

    /** Linux and FreeBSD forward none of these (RFC 1122 3.2.1.3, RFC 4291 2.5). */
    private static final List<Prefix> NEVER_FORWARDED_TO =
            prefixes("0.0.0.0/8", "127.0.0.0/8", "::/128", "::1/128", "fe80::/10");

    /** RFC 4291 2.5.6: routers must not forward packets from link-local sources. IPv4 has no such rule in Linux. */
    private static final List<Prefix> NEVER_FORWARDED_FROM =
            prefixes("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "::/128", "::1/128", "fe80::/10", "ff00::/8");

    private static final List<Prefix> LINK_LOCAL = prefixes("169.254.0.0/16", "fe80::/10");

    private static final List<Prefix> PRIVATE =
            prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16");
    private static final List<Prefix> LOOPBACK6 = prefixes("::1/128");

    private Addressing() {}

    public static ValueSet multicast(Family family) {
        return AddressSets.of(family, MULTICAST);
    }

    /** 255.255.255.255; IPv6 has none. */
    public static ValueSet broadcast(Family family) {
        return AddressSets.of(family, prefixes("255.255.255.255/32"));
    }

    public static ValueSet linkLocal(Family family) {
        return AddressSets.of(family, LINK_LOCAL);
    }

    /** IPv4 addresses that the internet does not route. IPv6 is taken as routed, whatever its prefix. */
    public static ValueSet privateUse(Family family) {
        return AddressSets.of(family, PRIVATE);
    }

    /** Every address that one host can have or be sent to. */
    public static ValueSet unicast(Family family) {
        return AddressSets.all(family).minus(multicast(family)).minus(broadcast(family));
    }

    /** Addresses that a router forwards to. Multicast routing is not modelled. */
    public static ValueSet forwardedTo(Family family) {
        return unicast(family).minus(AddressSets.of(family, NEVER_FORWARDED_TO));
    }

    /** Addresses that a router forwards from. */
    public static ValueSet forwardedFrom(Family family) {
        return AddressSets.all(family).minus(broadcast(family)).minus(AddressSets.of(family, NEVER_FORWARDED_FROM));
    }

    /**
     * Hosts' addresses for which packets come as far as the rules: one may give them another destination. The check of
     * what is forwarded comes later; only a loopback address of IPv6 is refused at once (ip6_rcv_core).
     */
    static ValueSet receivedFor(Family family) {
        return unicast(family).minus(AddressSets.of(family, LOOPBACK6));
    }

    /**
     * Addresses from which packets come through, whatever their destination becomes. IPv4 refuses the same ones in
     * routing (ip_route_input_slow) that it does not forward from; IPv6 two kinds (ip6_rcv_core).
     */
    static ValueSet receivedFrom(Family family) {
        return family == Family.IPV4
                ? forwardedFrom(family)
                : AddressSets.all(family).minus(multicast(family)).minus(AddressSets.of(family, LOOPBACK6));
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }
}
