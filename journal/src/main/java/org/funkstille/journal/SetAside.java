package org.funkstille.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Renames a damaged file, together with the files beside it that hold its last writes. */
final class SetAside {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SetAside() {}

    /** @return what the file is called now */
    static Path rename(Path file, Instant now) throws IOException {
        String wanted = file.getFileName() + ".damaged-" + TIME.format(now);
        Path kept = file.resolveSibling(wanted);
        for (int number = 2; Files.exists(kept); number++) {
            kept = file.resolveSibling(wanted + "-" + number);
        }
        Files.move(file, kept);
        for (String suffix : List.of("-wal", "-shm")) {
            Path beside = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(beside)) {
                Files.move(beside, kept.resolveSibling(kept.getFileName() + suffix));
            }
        }
        return kept;
    }
}
