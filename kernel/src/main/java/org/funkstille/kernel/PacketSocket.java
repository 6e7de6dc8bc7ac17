package org.funkstille.kernel;

import static org.funkstille.kernel.NetlinkCalls.checked;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Whole Ethernet frames on one interface (packet(7)), in the network namespace of the thread that opens it. Needs
 * CAP_NET_RAW. One thread may receive while another sends; whoever closes it makes sure that both are done.
 */
public final class PacketSocket implements AutoCloseable {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int ETH_P_ALL = 3;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final short PACKET_MR_PROMISC = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int LARGEST = 65_536;

    /** struct sockaddr_ll: the type of a packet stands in octet 10, and of those that leave this machine it is 4. */
    private static final int SOCKADDR_LL = 20;

    private static final int TYPE_OFFSET = 10;
    private static final byte PACKET_OUTGOING = 4;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfShort NETWORK_SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private static final MethodHandle IF_NAMETOINDEX =
            Libc.function("if_nametoindex", FunctionDescriptor.of(Libc.INT, Libc.POINTER));
    private static final MethodHandle RECVFROM = Libc.function(
            "recvfrom",
            FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT, Libc.POINTER, Libc.POINTER));

    private final Arena arena = Arena.ofShared();
    private final NetlinkCalls receiving = new NetlinkCalls(arena);
    private final NetlinkCalls sending = new NetlinkCalls(arena);
    private final MemorySegment state = Libc.callState(arena);
    private final MemorySegment frame = arena.allocate(LARGEST, 8);
    private final MemorySegment from = arena.allocate(SOCKADDR_LL, 4);
    private final MemorySegment fromLength = arena.allocate(Libc.INT);
    private final MemorySegment awaited = arena.allocate(8, 4);
    private final int descriptor;

    private PacketSocket(String interfaceName) throws IOException {
        int opened = -1;
        try {
            int index = index(interfaceName);
            // Of no protocol until it is bound, so that nothing of other interfaces gets in.
            opened = checked("packet socket", receiving.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0));
            descriptor = opened;
            bind(index);
            listenToOtherCards(index);
        } catch (IOException failed) {
            if (opened >= 0) {
                receiving.close(opened);
            }
            arena.close();
            throw failed;
        }
    }

    /** @throws IOException where there is no such interface, it is down, or we may not */
    public static PacketSocket open(String interfaceName) throws IOException {
        return new PacketSocket(interfaceName);
    }

    private int index(String interfaceName) throws IOException {
        int index;
        try {
            index = (int) IF_NAMETOINDEX.invokeExact(state, arena.allocateFrom(interfaceName));
        } catch (Throwable unexpected) {
            throw new IllegalStateException("calling the C library", unexpected);
        }
        if (index == 0) {
            throw Libc.failure("interface " + interfaceName, Libc.errno(state));
        }
        return index;
    }

    private void bind(int index) throws IOException {
        MemorySegment address = arena.allocate(SOCKADDR_LL, 4);
        address.set(SHORT, 0, (short) AF_PACKET);
        address.set(NETWORK_SHORT, 2, (short) ETH_P_ALL);
        address.set(Libc.INT, 4, index);
        checked("packet bind", receiving.bind(descriptor, address));
    }

    /** struct packet_mreq. The kernel ends it with the socket. */
    private void listenToOtherCards(int index) throws IOException {
        MemorySegment membership = arena.allocate(16, 4);
        membership.set(Libc.INT, 0, index);
        membership.set(SHORT, 4, PACKET_MR_PROMISC);
        checked("packet membership", receiving.setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership));
    }

    /** @param octets from the destination's MAC on, without a checksum */
    public void send(byte[] octets) throws IOException {
        try (Arena brief = Arena.ofConfined()) {
            MemorySegment whole = brief.allocate(octets.length);
            MemorySegment.copy(octets, 0, whole, ValueLayout.JAVA_BYTE, 0, octets.length);
            checked("packet send", sending.send(descriptor, whole));
        }
    }

    /**
     * The next frame that came from the wire; those that leave this machine are passed over.
     *
     * @param milliseconds how long to wait
     * @return nothing where none came in time
     * @throws IOException where the interface went down
     */
    public Optional<byte[]> receive(int milliseconds) throws IOException {
        long end = System.nanoTime() + milliseconds * 1_000_000L;
        while (true) {
            int length = fetch();
            if (length == -NetlinkCalls.EAGAIN || length == -NetlinkCalls.EINTR) {
                int left = (int) ((end - System.nanoTime()) / 1_000_000);
                if (left <= 0) {
                    return Optional.empty();
                }
                await(left);
            } else {
                checked("packet receive", length);
                if (from.get(ValueLayout.JAVA_BYTE, TYPE_OFFSET) != PACKET_OUTGOING) {
                    return Optional.of(frame.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
    }

    private int fetch() {
        fromLength.set(Libc.INT, 0, SOCKADDR_LL);
        try {
            int got = (int) (long)
                    RECVFROM.invokeExact(state, descriptor, frame, frame.byteSize(), MSG_DONTWAIT, from, fromLength);
            return got < 0 ? -Libc.errno(state) : got;
        } catch (Throwable unexpected) {
            throw new IllegalStateException("calling the C library", unexpected);
        }
    }

    private void await(int milliseconds) throws IOException {
        awaited.set(Libc.INT, 0, descriptor);
        awaited.set(SHORT, 4, POLLIN);
        awaited.set(SHORT, 6, (short) 0);
        int ready = receiving.poll(awaited, 1, milliseconds);
        if (ready != -NetlinkCalls.EINTR) {
            checked("packet poll", ready);
        }
    }

    @Override
    public void close() {
        sending.close(descriptor);
        arena.close();
    }
}
