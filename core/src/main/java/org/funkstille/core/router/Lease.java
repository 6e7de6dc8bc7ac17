package org.funkstille.core.router;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * An address that the router's DHCP server has given out.
 *
 * @param hostName what the device calls itself; an attacker may choose it
 * @param expires absent: never
 */
public record Lease(Mac mac, InetAddress address, Optional<String> hostName, Optional<Instant> expires) {}
