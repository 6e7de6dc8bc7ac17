package org.funkstille.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Where the database driver unpacks its native library. It takes Java's temporary directory, from which nothing may run
 * on hardened systems (mounted {@code noexec}).
 */
final class NativeLibrary {

    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** To be called before the first connection. What the owner has set stays. */
    static synchronized void prepare(Path journalDirectory) {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        Path usual = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        Path cache = Path.of(System.getProperty("user.home", "/"), ".cache");
        firstExecutable(List.of(usual, journalDirectory, cache))
                .filter(directory -> !directory.equals(usual))
                .ifPresent(directory -> System.setProperty(PROPERTY, directory.toString()));
    }

    static Optional<Path> firstExecutable(List<Path> directories) {
        return directories.stream().filter(NativeLibrary::mayRunFrom).findFirst();
    }

    /** The kernel answers access(X_OK) for a file on a noexec mount with no, whatever the file's own mode. */
    private static boolean mayRunFrom(Path directory) {
        try {
            Path probe = Files.createTempFile(
                    directory,
                    "funkstille",
                    ".probe",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                return Files.isExecutable(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | UnsupportedOperationException cannotTell) {
            return false;
        }
    }
}
