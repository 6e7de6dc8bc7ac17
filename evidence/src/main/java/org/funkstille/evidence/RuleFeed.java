package org.funkstille.evidence;

import java.io.IOException;
import java.time.Instant;
import org.funkstille.core.evidence.EvidenceEvent.RulesChanged;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.kernel.NetlinkSocket.MessageHandler;

/** Changes of the nftables rule set. What changed is not read: whoever is told looks at the whole anew. */
final class RuleFeed implements KernelFeed {

    private static final int NFNLGRP_NFTABLES = 7;

    private final LossCount losses = new DroppedDatagrams();
    private boolean changed;

    @Override
    public EvidenceSource source() {
        return EvidenceSource.RULES;
    }

    @Override
    public int protocol() {
        return NetlinkSocket.NETFILTER;
    }

    @Override
    public LossCount losses() {
        return losses;
    }

    @Override
    public void subscribe(NetlinkSocket socket, MessageHandler handler) throws IOException {
        socket.join(NFNLGRP_NFTABLES);
    }

    @Override
    public void message(int type, Octets body, Instant now, Outlet outlet) {
        changed = true;
    }

    @Override
    public void batchEnded(Instant now, Outlet outlet) {
        if (changed) {
            changed = false;
            outlet.accept(Decoded.of(new RulesChanged(now)));
        }
    }
}
