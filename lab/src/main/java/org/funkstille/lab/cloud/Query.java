package org.funkstille.lab.cloud;

import java.net.InetAddress;
import java.time.Instant;
import org.funkstille.core.net.Family;

/**
 * A question to one of the cloud's resolvers.
 *
 * @param resolver which of its addresses was asked
 * @param source who asked: the router for all who use its resolver
 */
public record Query(Instant time, InetAddress source, InetAddress resolver, String name, Family family) {}
