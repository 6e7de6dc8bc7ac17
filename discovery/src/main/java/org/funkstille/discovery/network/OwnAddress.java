package org.funkstille.discovery.network;

import java.net.InetAddress;
import java.util.Optional;
import org.funkstille.core.net.Prefix;

/**
 * An address that this machine holds.
 *
 * @param network what the kernel reaches there without a router
 * @param broadcast IPv4 only, and only where the interface has one
 */
public record OwnAddress(InetAddress address, Prefix network, Optional<InetAddress> broadcast) {}
