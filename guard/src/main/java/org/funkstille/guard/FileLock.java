package org.funkstille.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from doing the same thing at once. The kernel gives the lock back when its holder dies, however it
 * dies. The holder's process id stands in the file, for messages.
 */
public final class FileLock implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final FileChannel channel;

    private FileLock(FileChannel channel) {
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

    private static Optional<FileLock> tryAcquire(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        java.nio.channels.@Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock != null) {
                channel.truncate(0);
                String pid = Long.toString(ProcessHandle.current().pid());
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
                return Optional.of(new FileLock(channel));
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return Optional.empty();
    }

    private static String holder(Path file) {
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
        }
    }
}
