/**
 * Reads rule sets of pf as FreeBSD has it: the {@code rules.debug} that pfSense and OPNsense generate, and what
 * {@code pfctl -sr}, {@code -vvsr} and {@code -sn} print. Relies on pf.conf(5) of FreeBSD 14 and 15.
 *
 * <p>What pf does and the neutral form does not say, and how it is put:
 *
 * <ul>
 *   <li>{@code rdr pass} and {@code nat pass} spare a packet the filter rules of that direction. pf has no marks, so
 *       {@link org.funkstille.proof.filter.Field#MARK} 1 stands for the one and 2 for the other, and the base chains
 *       {@code in} and {@code out} guard against them.
 *   <li>Interfaces with {@code set skip} are guards of all base chains.
 *   <li>A passing rule without {@code allow-opts} drops packets with IP options. That is left out, so such packets
 *       count as passed: an answer may be too strict there, never too lenient.
 *   <li>{@code scrub} puts fragments together again. That is left out as well: a later fragment passes where rules
 *       without ports let it, and the whole packet is looked at anyway.
 *   <li>FreeBSD drops packets that come in from one of the router's own addresses
 *       ({@code net.inet.ip.source_address_validation}), so {@code self} as a source is never the device's.
 * </ul>
 */
@NullMarked
package org.funkstille.proof.read.pf;

import org.jspecify.annotations.NullMarked;
