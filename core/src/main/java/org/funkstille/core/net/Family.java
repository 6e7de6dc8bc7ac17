package org.funkstille.core.net;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two families of the Internet Protocol. */
public enum Family {
    IPV4,
    IPV6;

    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** {@code ipv4} or {@code ipv6}, as the command line's JSON has it. */
    public String word() {
        return this == IPV4 ? "ipv4" : "ipv6";
    }
}
