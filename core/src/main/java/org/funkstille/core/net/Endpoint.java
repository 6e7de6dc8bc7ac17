package org.funkstille.core.net;

import java.net.InetAddress;

/**
 * Where a packet was going.
 *
 * @param port the destination port, or 0 where the protocol has none
 */
public record Endpoint(InetAddress address, Protocol protocol, int port) {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    public Family family() {
        return Family.of(address);
    }

    /** {@code udp 192.0.2.1:8053}, {@code tcp [2001:db8::1]:80}, {@code icmp 192.0.2.1}. */
    @Override
    public String toString() {
        String host = Addresses.text(address);
        if (!protocol.hasPorts()) {
            return protocol + " " + host;
        }
        return protocol + " " + (family() == Family.IPV6 ? "[" + host + "]" : host) + ":" + port;
    }
}
