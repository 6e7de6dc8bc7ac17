/**
 * Reads what {@code iptables-save}, {@code ip6tables-save} and {@code ipset save} print, with the kernel's settings
 * beside it: IPFire, and OpenWrt before 22.03. What each match and target does is that of the kernel's
 * {@code net/netfilter/xt_*.c} and {@code net/ipv4/netfilter/ipt_*.c}, 5.4 to 6.12.
 */
@NullMarked
package org.funkstille.proof.read.iptables;

import org.jspecify.annotations.NullMarked;
