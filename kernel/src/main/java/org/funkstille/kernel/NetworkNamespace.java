package org.funkstille.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace of this machine (network_namespaces(7)). A socket belongs for ever to the namespace of the thread
 * that made it, so it is enough to make it here; any thread may use it afterwards.
 */
public final class NetworkNamespace {

    private static final Path NAMED = Path.of("/run/netns");
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    private static final MethodHandle OPEN =
            Libc.function("open", FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT));
    private static final MethodHandle SETNS =
            Libc.function("setns", FunctionDescriptor.of(Libc.INT, Libc.INT, Libc.INT));
    private static final MethodHandle CLOSE = Libc.function("close", FunctionDescriptor.of(Libc.INT, Libc.INT));

    private final Optional<String> name;

    private NetworkNamespace(Optional<String> name) {
        this.name = name;
    }

    /** The namespace that this process was started in. */
    public static NetworkNamespace current() {
        return new NetworkNamespace(Optional.empty());
    }

    /** A namespace made with {@code ip netns add}. It need not exist yet. */
    public static NetworkNamespace named(String name) {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".")) {
            throw new IllegalArgumentException("not a namespace name: " + name);
        }
        return new NetworkNamespace(Optional.of(name));
    }

    public Optional<String> name() {
        return name;
    }

    public boolean exists() {
        return name.isEmpty() || Files.exists(NAMED.resolve(name.get()));
    }

    /**
     * Does something on a thread that stands in this namespace, and waits for it.
     *
     * @throws IOException where the namespace cannot be entered
     * @throws Exception what {@code action} throws
     */
    public <T> T call(Callable<T> action) throws Exception {
        if (name.isEmpty()) {
            return action.call();
        }
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = thread("netns " + name.get(), task);
        thread.setUncaughtExceptionHandler((ignored, failure) -> failed.set(failure));
        thread.start();
        // Not the task but the thread is waited for: whoever goes on must not find it still standing there.
        thread.join();
        if (failed.get() instanceof CannotEnter cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
        try {
            return task.get();
        } catch (ExecutionException thrown) {
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
    }

    /**
     * A thread, not yet started, that stands in this namespace; it ends with {@link CannotEnter} where it cannot. A
     * platform thread: a virtual one would take its carrier along.
     */
    public Thread thread(String threadName, Runnable action) {
        return Thread.ofPlatform().name(threadName).daemon().unstarted(() -> {
            enter();
            action.run();
        });
    }

    private void enter() {
        if (name.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.callState(arena);
            String path = NAMED.resolve(name.get()).toString();
            int descriptor = (int) OPEN.invokeExact(state, arena.allocateFrom(path), O_RDONLY | O_CLOEXEC);
            if (descriptor < 0) {
                throw new CannotEnter(name.get(), Libc.failure("open " + path, Libc.errno(state)));
            }
            int entered = (int) SETNS.invokeExact(state, descriptor, CLONE_NEWNET);
            int errno = Libc.errno(state);
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
            if (entered != 0) {
                throw new CannotEnter(name.get(), Libc.failure("setns", errno));
            }
        } catch (CannotEnter cannot) {
            throw cannot;
        } catch (Throwable unexpected) {
            throw new IllegalStateException("entering network namespace " + name.get(), unexpected);
        }
    }

    /** The namespace does not exist, or entering it is not permitted (CAP_SYS_ADMIN). */
    public static final class CannotEnter extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CannotEnter(String namespace, IOException cause) {
            super("cannot enter network namespace " + namespace + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public String toString() {
        return name.map(text -> "network namespace " + text).orElse("this network namespace");
    }
}
