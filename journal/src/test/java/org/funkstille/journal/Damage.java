package org.funkstille.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Overwrites parts of a file with garbage. */
final class Damage {

    private Damage() {}

    static void make(Path file, int attempts) {
        try (Journal journal = Journal.open(file, Sample.SETTINGS, Sample.CLOCK)) {
            journal.append(Sample.attempts(Sample.NOON, "gateway", attempts));
        }
    }

    static void header(Path file) throws IOException {
        overwrite(file, 0, 100);
    }

    static void middle(Path file) throws IOException {
        long third = Files.size(file) / 3;
        overwrite(file, third, third);
    }

    /** All but the first page, which says what tables there are. */
    static void allButHeader(Path file) throws IOException {
        overwrite(file, 4096, Files.size(file) - 4096);
    }

    private static void overwrite(Path file, long from, long length) throws IOException {
        byte[] garbage = new byte[(int) length];
        new Random(1).nextBytes(garbage);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(from);
            open.write(garbage);
        }
    }
}
