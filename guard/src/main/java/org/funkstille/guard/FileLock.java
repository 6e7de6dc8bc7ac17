package org.funkstille.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from doing the same thing at once. The kernel gives the lock back when its holder dies, however it
 * dies. The holder's process id stands in the file, for messages.
 */
public final class FileLock implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    /**
     * Files that this process holds. The kernel takes such a lock away as soon as its process closes any descriptor of
     * the file (fcntl_locking(2)), so a file that we hold must not even be opened.
     */
    private static final Map<Path, Long> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private FileLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Somebody else holds it. */
    public static final class Taken extends Exception {

        private static final long serialVersionUID = 1L;

        Taken(String message) {
            super(message);
        }
    }

    /**
     * @param what is protected, for the message: "router home is guarded"
     * @param patience how long to wait for somebody else to finish
     * @throws Taken where somebody else still holds it then
     * @throws IOException where the file cannot be made
     */
    static FileLock acquire(Path file, String what, Duration patience) throws Taken, IOException {
        long limit = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<FileLock> lock = tryAcquire(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() > limit) {
                throw new Taken(what + " by another Funkstille" + holder(file));
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    /** True where somebody holds it now. */
    static boolean isTaken(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Optional<FileLock> lock = tryAcquire(file);
        lock.ifPresent(FileLock::close);
        return lock.isEmpty();
    }

    private static Optional<FileLock> tryAcquire(Path named) throws IOException {
        Path file = named.toAbsolutePath().normalize();
        if (HELD.putIfAbsent(file, ProcessHandle.current().pid()) != null) {
            return Optional.empty();
        }
        Optional<FileLock> lock = Optional.empty();
        try {
            lock = tryOpen(file);
            return lock;
        } finally {
            if (lock.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<FileLock> tryOpen(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        java.nio.channels.@Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new FileLock(file, channel));
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static String holder(Path file) {
        Long own = HELD.get(file.toAbsolutePath().normalize());
        if (own != null) {
            return " (process " + own + ")";
        }
        try {
            String pid = Files.readString(file).strip();
            return pid.matches("[0-9]{1,10}") ? " (process " + pid + ")" : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // the lock goes with the channel either way
        } finally {
            HELD.remove(file);
        }
    }
}
