package org.funkstille.lab.network;

import java.util.List;
import java.util.Locale;

/**
 * A network of the house. The global prefixes are of the documentation range (RFC 3849), the local ones are unique
 * local addresses (RFC 4193) without the random part, to be readable.
 */
public enum Segment {
    LAN(1),
    IOT(20);

    private final int number;

    Segment(int number) {
        this.number = number;
    }

    /** {@code lan}, {@code iot}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The router's leg in it. */
    public String routerInterface() {
        return text() + "0";
    }

    /**
     * An address of this network.
     *
     * @param host the last octet
     */
    public String ipv4(int host) {
        return "192.168." + number + "." + host;
    }

    public String routerIpv4() {
        return ipv4(1);
    }

    public String ipv4Prefix() {
        return ipv4(0) + "/24";
    }

    public String poolStart() {
        return ipv4(100);
    }

    public String poolEnd() {
        return ipv4(199);
    }

    /** The networks of the IPv6 prefixes, each 64 bits long: {@code fd00:20::}, {@code 2001:db8:20::}. */
    public List<String> ipv6Networks() {
        return List.of("fd00:" + number + "::", "2001:db8:" + number + "::");
    }
}
