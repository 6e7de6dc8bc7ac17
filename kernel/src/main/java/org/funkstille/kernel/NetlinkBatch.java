package org.funkstille.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory for one {@code recvmmsg(2)}: a number of datagrams with their senders. Laid out once and used again for every
 * batch. The structures are those of 64-bit Linux (bits/socket.h, linux/netlink.h).
 */
final class NetlinkBatch {

    /** As many datagrams as one call fetches. */
    static final int SLOTS = 16;

    /** The kernel makes no netlink datagram larger than this for a reader that offers this much (af_netlink.c). */
    private static final int SLOT_OCTETS = 32 * 1024;

    private static final int SIZEOF_MMSGHDR = 64;
    private static final int MSG_NAMELEN = 8;
    private static final int MSG_IOV = 16;
    private static final int MSG_IOVLEN = 24;
    private static final int MSG_FLAGS = 48;
    private static final int MSG_LEN = 56;
    private static final int SIZEOF_IOVEC = 16;
    private static final int SIZEOF_SOCKADDR_NL = 12;
    private static final int NL_PID = 4;
    private static final int MSG_TRUNC = 0x20;

    private final MemorySegment headers;
    private final MemorySegment senders;
    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];

    NetlinkBatch(Arena arena) {
        headers = arena.allocate((long) SIZEOF_MMSGHDR * SLOTS, 8);
        senders = arena.allocate((long) SIZEOF_SOCKADDR_NL * SLOTS, 8);
        MemorySegment vectors = arena.allocate((long) SIZEOF_IOVEC * SLOTS, 8);
        MemorySegment octets = arena.allocate((long) SLOT_OCTETS * SLOTS, 8);
        for (int slot = 0; slot < SLOTS; slot++) {
            MemorySegment room = octets.asSlice((long) slot * SLOT_OCTETS, SLOT_OCTETS);
            MemorySegment vector = vectors.asSlice((long) slot * SIZEOF_IOVEC, SIZEOF_IOVEC);
            vector.set(Libc.POINTER, 0, room);
            vector.set(Libc.LONG, 8, SLOT_OCTETS);
            long header = header(slot);
            headers.set(Libc.POINTER, header, senders.asSlice((long) slot * SIZEOF_SOCKADDR_NL, SIZEOF_SOCKADDR_NL));
            headers.set(Libc.POINTER, header + MSG_IOV, vector);
            headers.set(Libc.LONG, header + MSG_IOVLEN, 1);
            slots[slot] = room.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        }
    }

    /** What recvmmsg takes, made ready: it overwrites the length of the sender's address. */
    MemorySegment prepared() {
        for (int slot = 0; slot < SLOTS; slot++) {
            headers.set(Libc.INT, header(slot) + MSG_NAMELEN, SIZEOF_SOCKADDR_NL);
        }
        return headers;
    }

    ByteBuffer octets(int slot) {
        return slots[slot];
    }

    int length(int slot) {
        return Math.min(headers.get(Libc.INT, header(slot) + MSG_LEN), SLOT_OCTETS);
    }

    boolean isWhole(int slot) {
        return (headers.get(Libc.INT, header(slot) + MSG_FLAGS) & MSG_TRUNC) == 0;
    }

    /** Other processes may write to a netlink socket too; only the kernel has the port number 0. */
    boolean isFromKernel(int slot) {
        return senders.get(Libc.INT, (long) slot * SIZEOF_SOCKADDR_NL + NL_PID) == 0;
    }

    private static long header(int slot) {
        return (long) slot * SIZEOF_MMSGHDR;
    }
}
