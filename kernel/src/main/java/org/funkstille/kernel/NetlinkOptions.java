package org.funkstille.kernel;

import static org.funkstille.kernel.NetlinkCalls.checked;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** Name, size and counters of a netlink socket: asm-generic/socket.h, linux/netlink.h, linux/sock_diag.h. */
final class NetlinkOptions {

    private static final int AF_NETLINK = 16;
    private static final int SIZEOF_SOCKADDR_NL = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_MEMINFO = 55;
    private static final int SK_MEMINFO_VARS = 9;
    private static final int SK_MEMINFO_DROPS = 8;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;

    private final NetlinkCalls calls;
    private final int descriptor;
    private final MemorySegment value;
    private final MemorySegment length;
    private int lastDrops;
    private long drops;

    NetlinkOptions(Arena arena, NetlinkCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
        value = arena.allocate(SK_MEMINFO_VARS * 4L, 8);
        length = arena.allocate(Libc.INT);
    }

    /** Lets the kernel choose a name, and tells it. */
    int bind() throws IOException {
        MemorySegment address = value.asSlice(0, SIZEOF_SOCKADDR_NL).fill((byte) 0);
        address.asByteBuffer().order(ByteOrder.nativeOrder()).putShort(0, (short) AF_NETLINK);
        checked("bind", calls.bind(descriptor, address));
        length.set(Libc.INT, 0, SIZEOF_SOCKADDR_NL);
        checked("getsockname", calls.getsockname(descriptor, address, length));
        return address.get(Libc.INT, 4);
    }

    /** Asks as an administrator, who may have more than net.core.rmem_max, then as anybody. */
    void askForReceiveBuffer(int octets) throws IOException {
        if (calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, number(octets)) < 0) {
            checked("receive buffer", calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, number(octets)));
        }
    }

    void join(int group) throws IOException {
        checked(
                "netlink group " + group,
                calls.setsockopt(descriptor, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, number(group)));
    }

    /** The kernel counts with 32 bits; this goes on. Ask more often than once in 4 thousand million. */
    long drops() throws IOException {
        length.set(Libc.INT, 0, (int) value.byteSize());
        checked("SO_MEMINFO", calls.getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, value, length));
        int now = value.get(Libc.INT, SK_MEMINFO_DROPS * 4L);
        drops += Integer.toUnsignedLong(now - lastDrops);
        lastDrops = now;
        return drops;
    }

    long lastKnownDrops() {
        return drops;
    }

    private MemorySegment number(int number) {
        MemorySegment room = value.asSlice(0, 4);
        room.set(Libc.INT, 0, number);
        return room;
    }
}
