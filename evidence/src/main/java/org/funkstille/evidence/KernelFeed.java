package org.funkstille.evidence;

import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.kernel.NetlinkSocket.MessageHandler;

/** One thing that the kernel tells of over netlink. Used by one thread. */
interface KernelFeed {

    /** Whole messages come from this machine's kernel. */
    ByteOrder HOST = ByteOrder.nativeOrder();

    EvidenceSource source();

    /** The netlink protocol: {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER}. */
    int protocol();

    /** Makes the kernel tell; messages that come meanwhile go to {@code handler}. */
    void subscribe(NetlinkSocket socket, MessageHandler handler) throws IOException;

    void message(int type, Octets body, Instant now, Outlet outlet);

    /** No more messages are at hand just now. */
    void batchEnded(Instant now, Outlet outlet);

    LossCount losses();
}
