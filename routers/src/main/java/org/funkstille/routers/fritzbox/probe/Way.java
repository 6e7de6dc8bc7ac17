package org.funkstille.routers.fritzbox.probe;

import java.net.InetAddress;
import org.funkstille.core.net.Mac;

/**
 * How the probe gets out over one family.
 *
 * @param mac its own
 * @param address its own
 * @param router the MAC of the box
 */
record Way(Mac mac, InetAddress address, Mac router) {}
