/**
 * A model of FreeBSD's pf for simulated routers: rules, tables and states as pf.conf(5) and pfctl(8) have them, acting on
 * real packets through nftables and conntrack of the router's network namespace.
 */
@NullMarked
package org.funkstille.lab.facade.pf;

import org.jspecify.annotations.NullMarked;
