package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whole Ethernet frames on one interface (packet(7)), sent and received in batches. Belongs to the namespace of the
 * thread that opens it.
 */
final class PacketSocket implements AutoCloseable {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int ETH_P_ALL = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_STATISTICS = 6;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int SLOTS = 256;
    private static final int SLOT_OCTETS = 2048;
    private static final int SIZEOF_MMSGHDR = 64;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_LEN = 56;
    private static final int SIZEOF_IOVEC = 16;

    private final Arena arena = Arena.ofShared();
    private final Native calls = new Native(arena);
    private final MemorySegment headers = arena.allocate((long) SIZEOF_MMSGHDR * SLOTS, 8);
    private final MemorySegment vectors = arena.allocate((long) SIZEOF_IOVEC * SLOTS, 8);
    private final MemorySegment octets = arena.allocate((long) SLOT_OCTETS * SLOTS, 8);
    private final int descriptor;

    private PacketSocket(String interfaceName, boolean receives) throws IOException {
        descriptor = calls.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
        for (int option : new int[] {SO_RCVBUFFORCE, SO_SNDBUFFORCE}) {
            MemorySegment size = arena.allocate(4, 4);
            size.set(INT, 0, 16 << 20);
            calls.setOption(descriptor, SOL_SOCKET, option, size);
        }
        // struct sockaddr_ll: family, protocol (big-endian), index of the interface
        MemorySegment address = arena.allocate(20, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
        if (receives) {
            address.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) ETH_P_ALL);
        }
        address.set(INT, 4, calls.interfaceIndex(arena.allocateFrom(interfaceName)));
        calls.bind(descriptor, address);
        for (int slot = 0; slot < SLOTS; slot++) {
            MemorySegment vector = vectors.asSlice((long) slot * SIZEOF_IOVEC, SIZEOF_IOVEC);
            vector.set(ValueLayout.ADDRESS, 0, octets.asSlice((long) slot * SLOT_OCTETS, SLOT_OCTETS));
            headers.set(ValueLayout.ADDRESS, (long) slot * SIZEOF_MMSGHDR + MSG_IOV, vector);
            headers.set(ValueLayout.JAVA_LONG, (long) slot * SIZEOF_MMSGHDR + MSG_IOVLEN, 1);
        }
    }

    static PacketSocket sender(String interfaceName) throws IOException {
        return new PacketSocket(interfaceName, false);
    }

    static PacketSocket listener(String interfaceName) throws IOException {
        return new PacketSocket(interfaceName, true);
    }

    /** In the order given. */
    void send(List<byte[]> frames) throws IOException {
        for (int from = 0; from < frames.size(); from += SLOTS) {
            int count = Math.min(SLOTS, frames.size() - from);
            for (int slot = 0; slot < count; slot++) {
                byte[] frame = frames.get(from + slot);
                MemorySegment.copy(frame, 0, octets, ValueLayout.JAVA_BYTE, (long) slot * SLOT_OCTETS, frame.length);
                vectors.set(ValueLayout.JAVA_LONG, (long) slot * SIZEOF_IOVEC + 8, frame.length);
            }
            int sent = 0;
            while (sent < count) {
                MemorySegment rest = headers.asSlice((long) sent * SIZEOF_MMSGHDR);
                sent += calls.sendAll(descriptor, rest, count - sent);
            }
        }
    }

    /** Hands on all frames that are there, without waiting. */
    void receive(Consumer<byte[]> frames) throws IOException {
        int came;
        do {
            for (int slot = 0; slot < SLOTS; slot++) {
                vectors.set(ValueLayout.JAVA_LONG, (long) slot * SIZEOF_IOVEC + 8, SLOT_OCTETS);
            }
            came = calls.receive(descriptor, headers, SLOTS, MSG_DONTWAIT);
            for (int slot = 0; slot < came; slot++) {
                int length = headers.get(INT, (long) slot * SIZEOF_MMSGHDR + MSG_LEN);
                frames.accept(octets.asSlice((long) slot * SLOT_OCTETS, length).toArray(ValueLayout.JAVA_BYTE));
            }
        } while (came == SLOTS);
    }

    /** How many frames found no room since this was last asked. */
    int drops() throws IOException {
        MemorySegment statistics = arena.allocate(8, 4);
        MemorySegment length = arena.allocate(4, 4);
        length.set(INT, 0, 8);
        calls.option(descriptor, SOL_PACKET, PACKET_STATISTICS, statistics, length);
        return statistics.get(INT, 4);
    }

    @Override
    public void close() throws IOException {
        calls.close(descriptor);
        arena.close();
    }
}
