package org.funkstille.discovery.network;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * Where this machine sends what is not for its own networks.
 *
 * @param mac as the neighbour table has it
 */
public record Gateway(InetAddress address, String interfaceName, Optional<Mac> mac) {}
