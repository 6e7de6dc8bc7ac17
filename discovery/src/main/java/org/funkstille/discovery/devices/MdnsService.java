package org.funkstille.discovery.devices;

import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * A service that a device announced (RFC 6763).
 *
 * @param type {@code _miio._udp}
 * @param instance what the device calls it, made harmless; empty where it only said that it has such a service
 * @param mac the MAC address that its TXT record names
 */
record MdnsService(String type, String instance, Optional<Mac> mac) {}
