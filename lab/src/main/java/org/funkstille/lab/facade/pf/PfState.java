package org.funkstille.lab.facade.pf;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One end of a flow through the router. A forwarded flow has two: one for the interface where it came in, one for that
 * where it leaves.
 *
 * @param id 64 bits
 * @param iface as pf calls it
 * @param protocol as in protocols(5)
 * @param direction of the packet that began it, in or out
 * @param source who began it, as seen on that interface; for ICMP the port is the identifier
 * @param original who began it before the source was translated; nothing where it was not
 * @param sourceState of the side that began it, as {@code pfctl -ss} prints it
 * @param age in seconds
 * @param expires in seconds
 * @param rule that let it begin, where that is still loaded
 */
public record PfState(
        long id,
        String iface,
        String protocol,
        PfRule.Direction direction,
        InetSocketAddress source,
        InetSocketAddress destination,
        Optional<InetSocketAddress> original,
        String sourceState,
        String destinationState,
        long age,
        long expires,
        Traffic sent,
        Traffic received,
        Optional<LoadedRule> rule) {

    /** Identifies the router among several that share their states. */
    public static final String CREATOR = "6a5b1c2d";

    /** Packets of one direction. */
    public record Traffic(long packets, long bytes) {}

    /** {@code 0100000012345678}. */
    public String idText() {
        return "%016x".formatted(id);
    }
}
