/**
 * The neutral form of a packet filter: what nftables, iptables and pf have in common, as values. Readers make it,
 * engines ask it; neither knows the other.
 */
@NullMarked
package org.funkstille.proof.filter;

import org.jspecify.annotations.NullMarked;
