package org.funkstille.core.evidence;

import java.net.InetAddress;
import org.funkstille.core.net.Endpoint;

/**
 * What names a flow while it lives, as its first packet had it (before any address translation).
 *
 * @param id the router's own number for it; unique among flows that live at the same time
 * @param sourcePort 0 where the protocol has no ports
 */
public record FlowKey(long id, InetAddress source, int sourcePort, Endpoint destination) {}
