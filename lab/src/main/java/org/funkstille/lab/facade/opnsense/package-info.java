/**
 * A simulated OPNsense: its HTTP interface, the configuration behind it, and the rules of pf that it makes of that, which
 * act on the packets of the lab's router. What {@code facts/pf.md} marks as seen on the real code is kept, faults
 * included; other shapes follow the sources of opnsense/core, each named where it is used.
 */
@NullMarked
package org.funkstille.lab.facade.opnsense;

import org.jspecify.annotations.NullMarked;
