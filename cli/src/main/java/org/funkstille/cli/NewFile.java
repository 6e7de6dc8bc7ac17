package org.funkstille.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is written whole or not at all, readable by all (0644).
 *
 * @param overwrite false: where somebody else was quicker, theirs stays
 */
record NewFile(Path path, boolean overwrite) {

    void write(String text) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        Path whole;
        try {
            whole = Files.createTempFile(folder, ".funkstille", ".new");
        } catch (NoSuchFileException | AccessDeniedException cannot) {
            throw new Failure(path + ": cannot be written: " + cannot, cannot);
        }
        try {
            Files.writeString(whole, text, StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (overwrite) {
                Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.createLink(path, whole); // unlike a move, it never replaces
            }
        } catch (FileAlreadyExistsException quicker) {
            throw new Failure(path + " is there already and was left as it is", quicker);
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
