package org.funkstille.kernel;

import static org.funkstille.kernel.NetlinkCalls.checked;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A netlink socket (netlink(7)), in the network namespace of the thread that opens it. One thread uses it; any thread
 * may {@linkplain #close() close} it, which ends a {@link #receive} that waits.
 */
public final class NetlinkSocket implements AutoCloseable {

    /** Links, addresses, neighbours: linux/rtnetlink.h. */
    public static final int ROUTE = 0;

    /** The packet filter: linux/netfilter/nfnetlink.h. */
    public static final int NETFILTER = 12;

    /** Flag of a request that asks for a whole table. */
    public static final int DUMP = 0x300;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_ACK = 4;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /** What became of a {@link #receive}. */
    public enum Received {
        /** Messages were handed on. */
        MESSAGES,
        /** Nothing came in time; everything that the kernel had queued before has been handed on. */
        NOTHING,
        /** The kernel could not queue messages (ENOBUFS): some are lost, later ones will come. */
        OVERRUN,
        /** The socket is closed. */
        CLOSED
    }

    /** Takes one message. It must neither keep {@code octets} nor wait: the memory is used again. */
    @FunctionalInterface
    public interface MessageHandler {

        /**
         * @param type the message type of the netlink header
         * @param flags the flags of the netlink header
         * @param octets big-endian; only {@code length} octets from {@code offset} belong to the message, and they begin
         *     after its netlink header
         */
        void message(int type, int flags, ByteBuffer octets, int offset, int length);
    }

    private final Arena arena = Arena.ofShared();
    private final ReentrantLock inUse = new ReentrantLock();
    private final Object ending = new Object();
    private final NetlinkCalls calls = new NetlinkCalls(arena);
    private final NetlinkBatch batch = new NetlinkBatch(arena);
    private final NetlinkWalk walk = new NetlinkWalk();
    private final NetlinkOptions options;
    private final NetlinkBell bell;
    private final int descriptor;
    private final int portId;

    private volatile boolean closed;
    private boolean released;
    private int lastSequence;

    private NetlinkSocket(int protocol, int receiveBuffer) throws IOException {
        int opened = -1;
        try {
            opened = checked("netlink socket", calls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol));
            descriptor = opened;
            options = new NetlinkOptions(arena, calls, descriptor);
            options.askForReceiveBuffer(receiveBuffer);
            portId = options.bind();
            bell = new NetlinkBell(arena, descriptor);
        } catch (IOException failed) {
            if (opened >= 0) {
                calls.close(opened);
            }
            arena.close();
            throw failed;
        }
    }

    /**
     * @param protocol {@link #ROUTE} or {@link #NETFILTER}
     * @param receiveBuffer octets that the kernel may queue for us (it doubles the number); it grants no more than
     *     net.core.rmem_max to a process without CAP_NET_ADMIN
     * @throws NetlinkError where the kernel refuses
     */
    public static NetlinkSocket open(int protocol, int receiveBuffer) throws IOException {
        return new NetlinkSocket(protocol, receiveBuffer);
    }

    /** The kernel's name for this socket, unique in its namespace and protocol. */
    public int portId() {
        return portId;
    }

    /** Messages that did not come whole, or lie about their length, since the socket was opened. */
    public long damaged() {
        return walk.damaged();
    }

    /** Takes part in a multicast group from now on. */
    public void join(int group) throws IOException {
        inUse.lock();
        try {
            requireOpen();
            options.join(group);
        } finally {
            unlock();
        }
    }

    /**
     * How many datagrams the kernel had for this socket and dropped since it was opened: exact, whereas ENOBUFS comes
     * once for many. After {@link #close()} the last number that was asked for.
     */
    public long drops() throws IOException {
        inUse.lock();
        try {
            return closed ? options.lastKnownDrops() : options.drops();
        } finally {
            unlock();
        }
    }

    /**
     * Sends a request and waits until the kernel has done it.
     *
     * @param body what follows the netlink header
     * @param others takes messages that come before the answer
     * @throws NetlinkError where the kernel refuses
     */
    public void request(int type, int flags, byte[] body, MessageHandler others) throws IOException {
        walk.await(send(type, flags | NLM_F_ACK, body));
        long end = System.nanoTime() + ANSWER_LIMIT.toNanos();
        while (!walk.isAnswered()) {
            int left = (int) Math.max(0, (end - System.nanoTime()) / 1_000_000);
            Received received = receive(left, others);
            if (received == Received.CLOSED || (received == Received.NOTHING && left == 0)) {
                throw new IOException("the kernel did not answer a netlink request");
            }
        }
    }

    /** Sends a request and does not wait; what the kernel answers comes through {@link #receive}. */
    public void ask(int type, int flags, byte[] body) throws IOException {
        send(type, flags, body);
    }

    private int send(int type, int flags, byte[] body) throws IOException {
        int length = NetlinkWalk.HEADER + body.length;
        inUse.lock();
        try (Arena brief = Arena.ofConfined()) {
            requireOpen();
            lastSequence = Math.max(1, lastSequence + 1);
            MemorySegment message = brief.allocate(length, 8);
            message.asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .putInt(length)
                    .putShort((short) type)
                    .putShort((short) (flags | NLM_F_REQUEST))
                    .putInt(lastSequence)
                    .putInt(portId)
                    .put(body);
            checked("netlink send", calls.send(descriptor, message));
            return lastSequence;
        } finally {
            unlock();
        }
    }

    /**
     * Hands on what is queued, at most {@value NetlinkBatch#SLOTS} datagrams; where nothing is, waits for some.
     *
     * @param milliseconds how long to wait; 0 not at all, -1 without end
     * @throws NetlinkError where the socket fails, or the kernel refused an earlier request
     */
    public Received receive(int milliseconds, MessageHandler handler) throws IOException {
        inUse.lock();
        try {
            Received received = fetch(handler);
            if (received != Received.NOTHING || milliseconds == 0) {
                return received;
            }
            do {
                bell.await(milliseconds);
                received = fetch(handler);
            } while (received == Received.NOTHING && milliseconds < 0);
            return received;
        } finally {
            unlock();
        }
    }

    private Received fetch(MessageHandler handler) throws IOException {
        if (closed) {
            return Received.CLOSED;
        }
        int count = calls.recvmmsg(descriptor, batch.prepared(), NetlinkBatch.SLOTS, MSG_DONTWAIT);
        switch (count) {
            case -NetlinkCalls.EAGAIN, -NetlinkCalls.EINTR, 0 -> {
                return Received.NOTHING;
            }
            case -NetlinkCalls.ENOBUFS -> {
                return Received.OVERRUN;
            }
            default -> checked("netlink receive", count);
        }
        for (int slot = 0; slot < count; slot++) {
            if (!batch.isWhole(slot)) {
                walk.countDamaged();
            } else if (batch.isFromKernel(slot)) {
                walk.over(batch.octets(slot), batch.length(slot), handler);
            }
        }
        int refused = walk.takeRefused();
        if (refused != 0) {
            throw new NetlinkError("netlink request", refused);
        }
        return Received.MESSAGES;
    }

    /** Ends a waiting {@link #receive} at once, and gives everything back when the last call has returned. */
    @Override
    public void close() {
        synchronized (ending) {
            if (closed) {
                return;
            }
            closed = true;
            bell.ring();
        }
        inUse.lock();
        unlock();
    }

    /** The last to leave a closed socket releases it, so that nobody waits on a descriptor that is used anew. */
    private void unlock() {
        try {
            if (closed && inUse.getHoldCount() == 1) {
                release();
            }
        } finally {
            inUse.unlock();
        }
    }

    private void release() {
        synchronized (ending) {
            if (!released) {
                released = true;
                calls.close(descriptor);
                bell.release();
                arena.close();
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the netlink socket is closed");
        }
    }
}
