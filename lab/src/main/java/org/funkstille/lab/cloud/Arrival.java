package org.funkstille.lab.cloud;

import java.net.InetAddress;
import java.time.Instant;
import org.funkstille.core.net.Endpoint;

/**
 * What came into the cloud from one address for one destination. IPv4 comes from the router's address, whoever sent it
 * at home, for the router masquerades.
 *
 * @param last when the last packet came, to the second
 */
public record Arrival(InetAddress source, Endpoint destination, long packets, long bytes, Instant last) {

    /** Whether it went to this port of this address. */
    public boolean to(InetAddress address, int port) {
        return destination.address().equals(address) && destination.port() == port;
    }
}
