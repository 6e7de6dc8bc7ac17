package org.funkstille.bench.packets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Sends packets from a namespace, {@value #PACKETS_A_CALL} with each sendmmsg(2). On veth the kernel carries each packet
 * to its end before the call returns, so the sender's processor time holds all of its way. Structures are those of
 * 64-bit Linux; for one thread.
 */
@SuppressWarnings("restricted") // the C library is called
public final class Burst implements AutoCloseable {

    private static final int PACKETS_A_CALL = 64;
    private static final int SIZEOF_MMSGHDR = 64;
    private static final int SIZEOF_IOVEC = 16;
    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTUNREACH = 113;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MethodHandle SOCKET = function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle CONNECT =
            function("connect", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle SENDMMSG =
            function("sendmmsg", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT, INT));
    private static final MethodHandle IF_NAMETOINDEX =
            function("if_nametoindex", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private final MemorySegment state;
    private final MemorySegment headers;
    private final int packets;
    private final int descriptor;
    private int next;

    private Burst(Arena arena, MemorySegment state, int descriptor, List<byte[]> packets) {
        this.state = state;
        this.descriptor = descriptor;
        this.packets = packets.size();
        this.headers = arena.allocate((long) SIZEOF_MMSGHDR * this.packets, 8);
        MemorySegment vectors = arena.allocate((long) SIZEOF_IOVEC * this.packets, 8);
        for (int i = 0; i < this.packets; i++) {
            MemorySegment content = arena.allocateFrom(ValueLayout.JAVA_BYTE, packets.get(i));
            long vector = (long) i * SIZEOF_IOVEC;
            vectors.set(ValueLayout.ADDRESS, vector, content);
            vectors.set(ValueLayout.JAVA_LONG, vector + 8, content.byteSize());
            long header = (long) i * SIZEOF_MMSGHDR;
            headers.set(ValueLayout.ADDRESS, header + 16, vectors.asSlice(vector, SIZEOF_IOVEC));
            headers.set(ValueLayout.JAVA_LONG, header + 24, 1);
        }
    }

    /** Datagrams of one flow, through the sender's own IP stack. */
    public static Burst datagrams(NetworkNamespace from, InetSocketAddress to, int octets) throws Exception {
        Arena arena = Arena.ofAuto();
        MemorySegment state = arena.allocate(STATE);
        MemorySegment address = arena.allocate(16, 8);
        address.asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) to.getPort())
                .put(to.getAddress().getAddress());
        int descriptor = from.call(() -> socket(state, AF_INET, SOCK_DGRAM));
        invoke(state, "connect", CONNECT, descriptor, address);
        return new Burst(arena, state, descriptor, Collections.nCopies(PACKETS_A_CALL, new byte[octets]));
    }

    /** Whole Ethernet frames, one after the other and then from the first again. */
    public static Burst frames(NetworkNamespace from, String interfaceName, List<byte[]> frames) throws Exception {
        Arena arena = Arena.ofAuto();
        MemorySegment state = arena.allocate(STATE);
        int index = from.call(() -> interfaceIndex(state, arena.allocateFrom(interfaceName)));
        MemorySegment address = arena.allocate(20, 8);
        address.asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_PACKET)
                .putShort((short) 0)
                .putInt(index);
        int descriptor = from.call(() -> socket(state, AF_PACKET, SOCK_RAW));
        invoke(state, "bind", BIND, descriptor, address);
        return new Burst(arena, state, descriptor, frames);
    }

    /** As fast as the kernel takes them. */
    public void send(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int room = Math.min(PACKETS_A_CALL, packets - next);
            left -= sendSome((int) Math.min(room, left));
        }
    }

    /** Evenly, in steps of a millisecond or more. */
    public void send(long count, long aSecond) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long sent = 0;
        while (sent < count) {
            long due = Math.min(count, (System.nanoTime() - began) * aSecond / TimeUnit.SECONDS.toNanos(1));
            send(due - sent);
            sent = due;
            TimeUnit.MICROSECONDS.sleep(500);
        }
    }

    private int sendSome(int count) throws IOException {
        MemorySegment from = headers.asSlice((long) next * SIZEOF_MMSGHDR, (long) count * SIZEOF_MMSGHDR);
        int sent;
        try {
            sent = (int) SENDMMSG.invokeExact(state, descriptor, from, count, 0);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("sendmmsg", unexpected);
        }
        if (sent < 0) {
            int errno = (int) ERRNO.get(state, 0L);
            // A full queue, or the answer to an earlier packet: try again.
            boolean passing = errno == EAGAIN || errno == ENOBUFS || errno == ECONNREFUSED || errno == EHOSTUNREACH;
            if (!passing) {
                throw new IOException("sendmmsg: error " + errno);
            }
            return 0;
        }
        next = (next + sent) % packets;
        return sent;
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    private static int interfaceIndex(MemorySegment state, MemorySegment name) throws IOException {
        int index;
        try {
            index = (int) IF_NAMETOINDEX.invokeExact(state, name);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("if_nametoindex", unexpected);
        }
        return checked(state, "if_nametoindex", index == 0 ? -1 : index);
    }

    private static int socket(MemorySegment state, int domain, int type) throws IOException {
        int outcome;
        try {
            outcome = (int) SOCKET.invokeExact(state, domain, type | SOCK_CLOEXEC, 0);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("socket", unexpected);
        }
        return checked(state, "socket", outcome);
    }

    private static void invoke(
            MemorySegment state, String what, MethodHandle function, int descriptor, MemorySegment address)
            throws IOException {
        int outcome;
        try {
            outcome = (int) function.invokeExact(state, descriptor, address, (int) address.byteSize());
        } catch (Throwable unexpected) {
            throw new IllegalStateException(what, unexpected);
        }
        int ignored = checked(state, what, outcome);
    }

    private static int checked(MemorySegment state, String what, int outcome) throws IOException {
        if (outcome < 0) {
            throw new IOException(what + ": error " + (int) ERRNO.get(state, 0L));
        }
        return outcome;
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("close", unexpected);
        }
    }
}
