package org.funkstille.core.router;

/**
 * The router's own counters for a device, since our rules were laid.
 *
 * @param seen packets of the device that reached our rules
 * @param refused packets of it that our rules refused
 */
public record Counts(long seen, long refused) {

    public static final Counts ZERO = new Counts(0, 0);
}
