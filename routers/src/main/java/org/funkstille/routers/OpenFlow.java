package org.funkstille.routers;

import java.net.InetAddress;
import org.funkstille.core.net.Endpoint;

/** A flow in the router's table, by its first packet. */
public record OpenFlow(InetAddress source, int sourcePort, Endpoint destination) {}
