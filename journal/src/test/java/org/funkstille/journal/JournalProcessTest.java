package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalProcessTest {

    @Test
    void anotherProcess_isReadWhileItWrites_andLosesNothingCommittedWhenKilled(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("journal.db");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingChild.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long committed = 0;
        try (BufferedReader said = child.inputReader()) {
            while (committed < 200L * AppendingChild.BATCH) {
                committed = next(said, committed);
            }
            assertThat(total(file)).isGreaterThanOrEqualTo(committed);

            // Through its handle, which leaves what it said readable.
            child.toHandle().destroyForcibly();
            for (long more = next(said, committed); more > committed; more = next(said, committed)) {
                committed = more;
            }
        } finally {
            child.destroyForcibly().waitFor();
        }

        assertThat(total(file)).isBetween(committed, committed + AppendingChild.BATCH);
        try (Journal again = Journal.open(file, Sample.SETTINGS, Sample.CLOCK);
                Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            assertThat(sql.query("PRAGMA integrity_check", row -> row.getString(1)))
                    .containsExactly("ok");
            again.append(Sample.attempts(Sample.NOON, "gateway", 1));
        }
    }

    private static long total(Path file) {
        return Journal.openForReading(file).attemptTotals(Sample.NOON).getOrDefault("gateway", 0L);
    }

    /** The next number it says; the last one again where it says no more, or was cut off within a line. */
    private static long next(BufferedReader said, long last) {
        try {
            @Nullable String line = said.readLine();
            return line == null || line.isEmpty() ? last : Math.max(last, Long.parseLong(line));
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}
