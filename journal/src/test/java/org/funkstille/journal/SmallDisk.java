package org.funkstille.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system in memory, mounted for one test; that takes root. */
record SmallDisk(Path path) implements AutoCloseable {

    static SmallDisk mount(Path path, String options) throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "mounting takes root");
        Files.createDirectories(path);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path.toString()) == 0, "mounting is not allowed");
        return new SmallDisk(path);
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(path.resolve("ballast"))) {
            while (true) {
                ballast.write(new byte[512]);
            }
        } catch (IOException full) {
            if (Files.getFileStore(path).getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    void free() throws IOException {
        Files.delete(path.resolve("ballast"));
    }

    @Override
    public void close() throws IOException {
        if (run("umount", "-l", path.toString()) != 0) {
            throw new IOException("still mounted: " + path);
        }
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }
}
