package org.funkstille.routers.fritzbox.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that only its owner may read, and that is either the old one or the new one, whatever happens: written
 * beside it, flushed to the disk, renamed, the folder flushed.
 */
public final class DurableFile {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    public DurableFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** Where it is, for people. */
    public Path path() {
        return file;
    }

    /** @return nothing where it is not there */
    public Optional<String> read() throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException notThere) {
            return Optional.empty();
        }
    }

    /** When this returns, a power failure brings back the new text. */
    public void write(String text) throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, "." + file.getFileName(), ".new", OWNER_ONLY);
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(next);
            throw failed;
        }
        flush(folder);
    }

    public void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            flush(file.resolveSibling(""));
        }
    }

    /** Puts it out of the way, for people to look at. */
    public void setAside() throws IOException {
        Files.move(file, aside(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where {@link #setAside} puts it. */
    public Path aside() {
        return file.resolveSibling(file.getFileName() + ".damaged");
    }

    private static void flush(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
