package org.funkstille.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.kernel.NetlinkSocket.MessageHandler;

/** Events that the kernel tells to whoever joins a group: flows and neighbours. */
final class MulticastFeed implements KernelFeed {

    private static final int NFNLGRP_CONNTRACK_NEW = 1;
    private static final int NFNLGRP_CONNTRACK_DESTROY = 3;
    private static final int RTNLGRP_NEIGH = 3;

    /** Reads one message; the order of octets is this machine's. */
    @FunctionalInterface
    private interface Reading {
        Decoded read(int type, Octets body, Instant now);
    }

    /** Sent once when the groups are joined, for what was there before. */
    @FunctionalInterface
    private interface Opening {
        void ask(NetlinkSocket socket) throws IOException;
    }

    private final EvidenceSource source;
    private final int protocol;
    private final List<Integer> groups;
    private final Reading reading;
    private final Opening opening;
    private final LossCount losses = new DroppedDatagrams();

    private MulticastFeed(EvidenceSource source, int protocol, List<Integer> groups, Reading reading, Opening opening) {
        this.source = source;
        this.protocol = protocol;
        this.groups = List.copyOf(groups);
        this.reading = reading;
        this.opening = opening;
    }

    static MulticastFeed flows() {
        return new MulticastFeed(
                EvidenceSource.FLOWS,
                NetlinkSocket.NETFILTER,
                List.of(NFNLGRP_CONNTRACK_NEW, NFNLGRP_CONNTRACK_DESTROY),
                (type, body, now) -> ConntrackMessage.decode(type, body, HOST, now),
                socket -> {});
    }

    static MulticastFeed neighbours() {
        return new MulticastFeed(
                EvidenceSource.NEIGHBOURS,
                NetlinkSocket.ROUTE,
                List.of(RTNLGRP_NEIGH),
                (type, body, now) -> NeighbourMessage.decode(type, body, HOST, now),
                socket -> socket.ask(NeighbourMessage.GET, NetlinkSocket.DUMP, new byte[NeighbourMessage.NDMSG]));
    }

    @Override
    public EvidenceSource source() {
        return source;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    @Override
    public LossCount losses() {
        return losses;
    }

    @Override
    public void subscribe(NetlinkSocket socket, MessageHandler handler) throws IOException {
        for (int group : groups) {
            socket.join(group);
        }
        opening.ask(socket);
    }

    @Override
    public void message(int type, Octets body, Instant now, Outlet outlet) {
        outlet.accept(reading.read(type, body, now));
    }

    @Override
    public void batchEnded(Instant now, Outlet outlet) {
        // events are handed on one by one
    }
}
