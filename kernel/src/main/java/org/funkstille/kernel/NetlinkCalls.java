package org.funkstille.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The system calls that a {@link NetlinkSocket} is made of. Each returns what the C function returns, or the negated
 * errno. Not for two threads at once: they would share errno.
 */
final class NetlinkCalls {

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;

    private static final MethodHandle SOCKET =
            Libc.function("socket", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT));
    private static final MethodHandle BIND =
            Libc.function("bind", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.INT));
    private static final MethodHandle GETSOCKNAME =
            Libc.function("getsockname", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.POINTER));
    private static final MethodHandle SETSOCKOPT = Libc.function(
            "setsockopt", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT, Libc.POINTER, Libc.INT));
    private static final MethodHandle GETSOCKOPT = Libc.function(
            "getsockopt", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT, Libc.INT, Libc.POINTER, Libc.POINTER));
    private static final MethodHandle SEND =
            Libc.function("send", FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT));
    private static final MethodHandle RECVMMSG = Libc.function(
            "recvmmsg", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT, Libc.POINTER));
    private static final MethodHandle POLL =
            Libc.function("poll", FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT));
    private static final MethodHandle EVENTFD =
            Libc.function("eventfd", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT));
    private static final MethodHandle WRITE =
            Libc.function("write", FunctionDescriptor.of(Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG));
    private static final MethodHandle CLOSE = Libc.function("close", FunctionDescriptor.of(Libc.INT, Libc.INT));

    private final MemorySegment state;

    NetlinkCalls(Arena arena) {
        state = Libc.callState(arena);
    }

    int socket(int domain, int type, int protocol) {
        try {
            return outcome((int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int bind(int descriptor, MemorySegment address) {
        try {
            return outcome((int) BIND.invokeExact(state, descriptor, address, (int) address.byteSize()));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int getsockname(int descriptor, MemorySegment address, MemorySegment length) {
        try {
            return outcome((int) GETSOCKNAME.invokeExact(state, descriptor, address, length));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int setsockopt(int descriptor, int level, int option, MemorySegment value) {
        try {
            return outcome(
                    (int) SETSOCKOPT.invokeExact(state, descriptor, level, option, value, (int) value.byteSize()));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int getsockopt(int descriptor, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return outcome((int) GETSOCKOPT.invokeExact(state, descriptor, level, option, value, length));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int send(int descriptor, MemorySegment octets) {
        try {
            return outcome((int) (long) SEND.invokeExact(state, descriptor, octets, octets.byteSize(), 0));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int recvmmsg(int descriptor, MemorySegment headers, int count, int flags) {
        try {
            return outcome((int) RECVMMSG.invokeExact(state, descriptor, headers, count, flags, MemorySegment.NULL));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int poll(MemorySegment descriptors, long count, int milliseconds) {
        try {
            return outcome((int) POLL.invokeExact(state, descriptors, count, milliseconds));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int eventfd(int initial, int flags) {
        try {
            return outcome((int) EVENTFD.invokeExact(state, initial, flags));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int write(int descriptor, MemorySegment octets) {
        try {
            return outcome((int) (long) WRITE.invokeExact(state, descriptor, octets, octets.byteSize()));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    int close(int descriptor) {
        try {
            return outcome((int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable unexpected) {
            throw impossible(unexpected);
        }
    }

    /** @throws NetlinkError where {@code outcome} is a negated errno */
    static int checked(String what, int outcome) throws NetlinkError {
        if (outcome < 0) {
            throw new NetlinkError(what, -outcome);
        }
        return outcome;
    }

    private int outcome(int returned) {
        return returned < 0 ? -Libc.errno(state) : returned;
    }

    private static IllegalStateException impossible(Throwable unexpected) {
        return new IllegalStateException("calling the C library", unexpected);
    }
}
