package org.funkstille.core.router;

import java.net.InetAddress;
import org.funkstille.core.net.Mac;

/** A pinned address of ours in the router's DHCP server: this MAC always gets this address. */
public record Reservation(String device, Mac mac, InetAddress address) {}
