package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.journal.Sample.NOON;
import static org.funkstille.journal.Sample.attempt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalOpeningTest {

    private final Path directory;
    private final Path file;

    JournalOpeningTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("journal.db");
    }

    @Test
    void missingFile_isCreatedWithItsDirectory_atTheCurrentLayout_forOwnerAndGroupOnly() throws Exception {
        Path deep = directory.resolve("a/b/journal.db");
        Journal.open(deep, Sample.SETTINGS, Sample.CLOCK).close();

        assertThat(layout(deep)).isEqualTo(Schema.CURRENT.version());
        assertThat(Files.getPosixFilePermissions(deep)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void emptyFile_isBroughtToTheCurrentLayout() throws Exception {
        Files.createFile(file);
        Sample.journal(directory).close();

        assertThat(layout(file)).isEqualTo(Schema.CURRENT.version());
    }

    @Test
    void journal_openedAgain_hasWhatWasWritten() {
        try (Journal journal = Sample.journal(directory)) {
            journal.append(List.of(attempt(NOON, "gateway", 1)));
        }
        try (Journal journal = Sample.journal(directory)) {
            journal.append(List.of(attempt(NOON, "gateway", 1)));
            assertThat(journal.reader().attempts(NOON, Optional.empty(), Order.OLDEST_FIRST, 10))
                    .hasSize(2);
        }
    }

    @Test
    void newerFile_isRefused_forWritingAndForReading() throws Exception {
        Sample.journal(directory).close();
        execute("PRAGMA user_version = 99");

        assertThatThrownBy(() -> Sample.journal(directory))
                .isInstanceOf(JournalException.Newer.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("layout 99")
                .hasMessageContaining("Update");
        assertThatThrownBy(() -> Journal.openForReading(file).newestAttempt())
                .isInstanceOf(JournalException.Newer.class);
        assertThat(layout(file)).isEqualTo(99);
    }

    @Test
    void olderFile_isMigratedStepByStep_andReadOnlyAfterwards() throws Exception {
        Schema one = new Schema(List.of(List.of("CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1)")));
        Schema two = new Schema(List.of(one.steps().get(0), List.of("ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 2")));
        try (Sql sql = sql()) {
            one.migrate(file, sql);
            assertThatThrownBy(() -> two.check(file, sql))
                    .isInstanceOf(JournalException.Inaccessible.class)
                    .hasMessageContaining("older");
            two.migrate(file, sql);
            two.migrate(file, sql);

            assertThat(sql.number("SELECT a + b FROM t")).isEqualTo(3);
            assertThat(sql.number("PRAGMA user_version")).isEqualTo(2);
        }
    }

    @Test
    void migration_thatFails_leavesTheFileAsItWas() throws Exception {
        Schema broken = new Schema(List.of(List.of("CREATE TABLE t (a INTEGER)", "no statement at all")));
        try (Sql sql = sql()) {
            assertThatThrownBy(() -> broken.migrate(file, sql)).isInstanceOf(SQLException.class);

            assertThat(sql.number("PRAGMA user_version")).isZero();
            assertThat(sql.number("SELECT count(*) FROM sqlite_schema")).isZero();
        }
    }

    @Test
    void readingWhereThereIsNoJournal_saysHowToBeginOne() {
        assertThatThrownBy(() -> Journal.openForReading(file).newestAttempt())
                .isInstanceOf(JournalException.Inaccessible.class)
                .hasMessageContaining("funkstille run");
        assertThat(file).doesNotExist();
    }

    @Test
    void directoryThatCannotBe_isInaccessible() throws IOException {
        Path notADirectory = Files.createFile(directory.resolve("plain"));

        assertThatThrownBy(() -> Journal.open(notADirectory.resolve("journal.db"), Sample.SETTINGS, Sample.CLOCK))
                .isInstanceOf(JournalException.Inaccessible.class)
                .hasMessageContaining("plain/journal.db");
        assertThatThrownBy(() -> Journal.open(directory, Sample.SETTINGS, Sample.CLOCK))
                .isInstanceOf(JournalException.Inaccessible.class);
    }

    @Test
    void fileThatIsNoJournal_isDamaged() throws IOException {
        Files.writeString(file, "this is text, and enough of it to be taken for a header".repeat(100));

        assertThatThrownBy(() -> Sample.journal(directory))
                .isInstanceOf(JournalException.Damaged.class)
                .hasMessageContaining("move the file away");
    }

    @Test
    void damageInTheMiddle_isToldToTheReader() throws IOException {
        Damage.make(file, 20_000);
        Damage.middle(file);

        assertThatThrownBy(() -> Journal.openForReading(file)
                        .attempts(Instant.EPOCH, Optional.empty(), Order.OLDEST_FIRST, 1_000_000))
                .isInstanceOf(JournalException.Damaged.class);
    }

    @Test
    void journalLockedByAnother_isBusy() throws Exception {
        try (Journal journal = Sample.journal(directory);
                Sql other = sql()) {
            other.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> journal.append(List.of(attempt(NOON, "gateway", 1))))
                    .isInstanceOf(JournalException.Busy.class)
                    .hasMessageContaining("locked");
            other.execute("COMMIT");

            journal.append(List.of(attempt(NOON, "gateway", 1)));
            assertThat(journal.reader().newestAttempt()).isPositive();
        }
    }

    @Test
    void valueThatTheDatabaseRefuses_undoesTheWholeBatch_andTheNextGoesOn() throws Exception {
        try (Journal journal = Sample.journal(directory)) {
            execute("CREATE TRIGGER no BEFORE INSERT ON canary BEGIN SELECT raise(ABORT, 'no'); END");
            assertThatThrownBy(() -> journal.write(
                            List.of(attempt(NOON, "gateway", 1)), List.of(new CanaryResult(NOON, true, ""))))
                    .isInstanceOf(JournalException.Refused.class);
            assertThat(journal.reader().newestAttempt()).isZero();

            journal.append(List.of(attempt(NOON, "gateway", 1)));
            assertThat(journal.reader().attempts(NOON, Optional.empty(), Order.OLDEST_FIRST, 9))
                    .hasSize(1);
        }
    }

    @Test
    void libraryDirectory_isTheFirstFromWhichProgramsMayRun() throws Exception {
        try (SmallDisk noexec = SmallDisk.mount(directory.resolve("noexec"), "size=1m,noexec")) {
            assertThat(NativeLibrary.firstExecutable(List.of(noexec.path(), directory.resolve("missing"), directory)))
                    .contains(directory);
            assertThat(NativeLibrary.firstExecutable(List.of(noexec.path()))).isEmpty();
        }
    }

    private Sql sql() throws SQLException {
        return new Sql(DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    private void execute(String statement) throws SQLException {
        try (Sql sql = sql()) {
            sql.execute(statement);
        }
    }

    private static long layout(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return new Sql(connection).number("PRAGMA user_version");
        }
    }
}
