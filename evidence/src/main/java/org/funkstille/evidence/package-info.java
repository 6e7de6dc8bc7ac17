/**
 * Listeners: what the router's kernel says of refused packets, flows, names, neighbours and rules, as
 * {@link org.funkstille.core.evidence.EvidenceEvent}s; from netlink on this machine, or from text and pcap streams of a
 * router reached over SSH. What is lost is counted and told.
 */
@NullMarked
package org.funkstille.evidence;

import org.jspecify.annotations.NullMarked;
