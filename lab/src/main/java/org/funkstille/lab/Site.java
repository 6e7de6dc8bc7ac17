package org.funkstille.lab;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.funkstille.lab.network.Cabling;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.LabName;
import org.funkstille.lab.network.Processes;
import org.jspecify.annotations.Nullable;

/** The place on this machine where a lab stands: claimed before it is built, cleared when it goes or has died. */
final class Site {

    private final LabName lab;

    Site(LabName lab) {
        this.lab = lab;
    }

    /** @throws IOException where another process has a lab of this name */
    void claim(LabOwner owner) throws IOException, InterruptedException {
        Optional<LabOwner> other = LabOwner.alive(lab);
        if (other.isPresent()) {
            throw new IOException(
                    "lab %s is already up, in process %d; take it down with 'funkstille lab down', or end that process"
                            .formatted(lab, other.get().process().pid()));
        }
        if (isUsed()) {
            clear(); // its process died
        }
        Files.createDirectories(LabName.directories());
        try {
            Files.createDirectory(lab.directory());
        } catch (FileAlreadyExistsException raced) {
            throw new IOException("lab " + lab + " is just being built by another process", raced);
        }
        owner.write(lab);
    }

    /** True where anything of a lab is left. */
    boolean isUsed() {
        return Files.exists(lab.directory())
                || Arrays.stream(HostName.values())
                        .anyMatch(host -> lab.namespace(host).exists());
    }

    /** Ends the lab's programs and takes its namespaces and files away, however much of them there is. */
    void clear() throws IOException, InterruptedException {
        new Processes(lab).endAll();
        new Cabling(lab).remove();
        if (Files.exists(lab.directory())) {
            delete(lab.directory());
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
