package org.funkstille.core.router;

import java.net.InetAddress;
import org.funkstille.core.net.Mac;

/** Who holds an address, by the router's ARP and neighbour tables. */
public record Neighbour(Mac mac, InetAddress address) {}
