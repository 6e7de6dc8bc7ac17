package org.funkstille.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Waits for a socket or for a ring from another thread (eventfd(2), poll(2)), whichever is first. */
final class NetlinkBell {

    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final short POLLIN = 1;
    private static final int SIZEOF_POLLFD = 8;

    /** Of the thread that rings: errno has one place for each thread. */
    private final NetlinkCalls ringing;

    private final NetlinkCalls waiting;
    private final MemorySegment one;
    private final MemorySegment descriptors;
    private final int eventDescriptor;

    NetlinkBell(Arena arena, int socket) throws IOException {
        ringing = new NetlinkCalls(arena);
        waiting = new NetlinkCalls(arena);
        one = arena.allocateFrom(Libc.LONG, 1);
        descriptors = arena.allocate(2L * SIZEOF_POLLFD, 8);
        eventDescriptor = NetlinkCalls.checked("eventfd", waiting.eventfd(0, EFD_CLOEXEC_NONBLOCK));
        ByteBuffer layout = descriptors.asByteBuffer().order(ByteOrder.nativeOrder());
        layout.putInt(socket).putShort(POLLIN).putShort((short) 0);
        layout.putInt(eventDescriptor).putShort(POLLIN).putShort((short) 0);
    }

    /** May return too soon, so look again. Minus one millisecond is without end. */
    void await(int milliseconds) {
        waiting.poll(descriptors, 2, milliseconds);
    }

    /** Ends every waiting from now on. */
    void ring() {
        ringing.write(eventDescriptor, one);
    }

    void release() {
        waiting.close(eventDescriptor);
    }
}
