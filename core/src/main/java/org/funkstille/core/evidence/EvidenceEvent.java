package org.funkstille.core.evidence;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;

/**
 * One thing that a listener saw on the router. Not yet attributed to a device: that needs the home, which listeners
 * do not know.
 */
public sealed interface EvidenceEvent {

    /** When the router saw it, or, where it does not say, when it reached us. */
    Instant at();

    /**
     * A packet that our rules refused.
     *
     * @param mac the source hardware address; absent where the packet came over no Ethernet (the canary, on loopback)
     * @param query the name asked for, where the packet is a DNS query that could be read
     * @param toRouter true where it was refused on its way to the router itself, false on its way through it
     */
    record Refused(
            Instant at,
            Optional<Mac> mac,
            InetAddress source,
            int sourcePort,
            Endpoint destination,
            Optional<String> query,
            boolean toRouter)
            implements EvidenceEvent {}

    /** A flow whose first packet passed the whole packet filter. */
    record FlowBegan(Instant at, FlowKey key) implements EvidenceEvent {}

    /**
     * A flow that is over: timed out, closed, or cut. Counts are zero where the router does not account
     * ({@code net.netfilter.nf_conntrack_acct}).
     */
    record FlowEnded(Instant at, FlowKey key, Traffic traffic) implements EvidenceEvent {}

    /** The router's resolver told somebody where a name lives. */
    record NameResolved(Instant at, String name, List<InetAddress> addresses) implements EvidenceEvent {

        public NameResolved {
            addresses = List.copyOf(addresses);
        }
    }

    /** A hardware address was seen to hold an IP address (ARP, neighbour discovery). */
    record NeighbourSeen(Instant at, Mac mac, InetAddress address) implements EvidenceEvent {}

    /** Somebody, perhaps we, changed the router's rule set. */
    record RulesChanged(Instant at) implements EvidenceEvent {}

    /**
     * Events that were there and did not reach us.
     *
     * @param source which listener, in the words of {@link EvidenceSource}
     * @param events how many, as the kernel counts them
     */
    record Lost(Instant at, EvidenceSource source, long events) implements EvidenceEvent {}

    /** The listener ended and will say no more; a verdict may not rest on its silence. */
    record Ended(Instant at, EvidenceSource source, String reason) implements EvidenceEvent {}
}
