package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of the C library that packet sockets need. Each fails with errno in the message. */
@SuppressWarnings("restricted") // there is no other way to a packet socket
final class Native {

    static final int EAGAIN = 11;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option KEEPS_ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle GETSOCKOPT =
            handle("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
    private static final MethodHandle SENDMMSG = handle("sendmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT));
    private static final MethodHandle RECVMMSG =
            handle("recvmmsg", FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));
    private static final MethodHandle IF_NAMETOINDEX = handle("if_nametoindex", FunctionDescriptor.of(INT, POINTER));
    private static final MethodHandle SCHED_SETAFFINITY =
            handle("sched_setaffinity", FunctionDescriptor.of(INT, INT, ValueLayout.JAVA_LONG, POINTER));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));

    private final MemorySegment state;

    Native(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    int socket(int domain, int type, int protocol) throws IOException {
        try {
            return checked("socket", (int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    void bind(int descriptor, MemorySegment address) throws IOException {
        try {
            checked("bind", (int) BIND.invokeExact(state, descriptor, address, (int) address.byteSize()));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    void setOption(int descriptor, int level, int option, MemorySegment value) throws IOException {
        try {
            checked("setsockopt", (int)
                    SETSOCKOPT.invokeExact(state, descriptor, level, option, value, (int) value.byteSize()));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    void option(int descriptor, int level, int option, MemorySegment value, MemorySegment length) throws IOException {
        try {
            checked("getsockopt", (int) GETSOCKOPT.invokeExact(state, descriptor, level, option, value, length));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    int sendAll(int descriptor, MemorySegment headers, int count) throws IOException {
        try {
            return checked("sendmmsg", (int) SENDMMSG.invokeExact(state, descriptor, headers, count, 0));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /** @return how many came; 0 where none is there */
    int receive(int descriptor, MemorySegment headers, int count, int flags) throws IOException {
        try {
            int came = (int) RECVMMSG.invokeExact(state, descriptor, headers, count, flags, MemorySegment.NULL);
            return came < 0 && errno() == EAGAIN ? 0 : checked("recvmmsg", came);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /** The number of an interface in the namespace of this thread. */
    int interfaceIndex(MemorySegment name) throws IOException {
        try {
            int index = (int) IF_NAMETOINDEX.invokeExact(state, name);
            return checked("if_nametoindex", index == 0 ? -1 : index);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /** Keeps this thread on the processors of the mask. */
    void stayOn(MemorySegment mask) throws IOException {
        try {
            checked("sched_setaffinity", (int) SCHED_SETAFFINITY.invokeExact(state, 0, mask.byteSize(), mask));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    void close(int descriptor) throws IOException {
        try {
            checked("close", (int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    private int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    private int checked(String what, int outcome) throws IOException {
        if (outcome < 0) {
            throw new IOException(what + " failed with errno " + errno());
        }
        return outcome;
    }

    private static IOException rethrown(Throwable thrown) {
        return thrown instanceof IOException failed ? failed : new IOException(thrown);
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, KEEPS_ERRNO);
    }
}
