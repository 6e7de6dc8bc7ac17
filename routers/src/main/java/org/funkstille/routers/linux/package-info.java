/** A Linux router: nftables, conntrack, dnsmasq. All of ours lives in the table {@code inet funkstille}. */
@NullMarked
package org.funkstille.routers.linux;

import org.jspecify.annotations.NullMarked;
