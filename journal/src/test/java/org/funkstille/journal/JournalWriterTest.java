package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.journal.Sample.NOON;
import static org.funkstille.journal.Sample.attempt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {

    /** So long that only a flush, or a half-full inbox, makes it write. */
    private static final Duration NEVER = Duration.ofDays(1);

    private static final JournalWriter.Limits PATIENT = new JournalWriter.Limits(NEVER, NEVER, 10_000, 10_000);

    private final Path directory;
    private final Path file;
    private final List<JournalNotice> notices = new CopyOnWriteArrayList<>();

    JournalWriterTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("journal.db");
    }

    @Test
    void attempts_atOneDestinationWithinAnInterval_becomeOneRow() throws Exception {
        try (JournalWriter writer = start(file, PATIENT)) {
            writer.flush();
            writer.add(attempt(NOON, "gateway", 1));
            writer.add(attempt(NOON.plusMillis(1), "gateway", 1, 4));
            writer.add(new CanaryResult(NOON, true, ""));

            assertThat(writer.flush()).isTrue();
            assertThat(attempts(file)).containsExactly(attempt(NOON, "gateway", 1, 5));
            assertThat(Journal.openForReading(file).lastCanary()).isPresent();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void halfFullInbox_isWrittenWithoutWaitingForTheInterval() throws Exception {
        try (JournalWriter writer = start(file, new JournalWriter.Limits(NEVER, NEVER, 10, 10))) {
            writer.flush();
            Sample.attempts(NOON, "gateway", 5).forEach(writer::add);
            await().until(() -> attempts(file).size() == 5);
        }
    }

    @Test
    void interval_beingOver_whatWaitsIsWritten() {
        try (JournalWriter writer = start(file, new JournalWriter.Limits(Duration.ofMillis(5), NEVER, 1_000, 1_000))) {
            writer.add(attempt(NOON, "gateway", 1));
            await().until(() -> Files.exists(file)
                    && Files.size(file) > 0
                    && !attempts(file).isEmpty());
        }
    }

    @Test
    void close_writesWhatWaits_andCountsWhatComesLater() {
        JournalWriter writer = start(file, PATIENT);
        writer.add(attempt(NOON, "gateway", 1));
        writer.close();
        assertThat(attempts(file)).hasSize(1);
        assertThat(writer.lost()).isZero();

        writer.add(attempt(NOON, "gateway", 1, 3));
        writer.add(new CanaryResult(NOON, true, ""));
        assertThat(writer.lost()).isEqualTo(4);
    }

    @Test
    void whatFindsNoRoom_isCounted_andTheCountIsWritten() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=2m")) {
            disk.fill();
            Path onDisk = disk.path().resolve("journal.db");
            try (JournalWriter writer = start(onDisk, new JournalWriter.Limits(NEVER, NEVER, 10, 10))) {
                assertThat(writer.flush()).isFalse();
                for (int i = 0; i < 12; i++) {
                    writer.add(attempt(NOON, "gateway", i, 2));
                    writer.add(new FlowBegan(i, Sample.flow(NOON, Optional.empty(), true, Traffic.NONE)));
                }
                assertThat(writer.lost()).isEqualTo(2 * 2 + 2);

                disk.free();
                assertThat(writer.flush()).isTrue();
                assertThat(Journal.openForReading(onDisk).losses(NOON))
                        .containsExactlyInAnyOrder(
                                new Loss(NOON, EvidenceSource.REFUSALS, 4), new Loss(NOON, EvidenceSource.FLOWS, 2));
                assertThat(attempts(onDisk)).hasSize(10);
            }
        }
    }

    @Test
    void fullDisk_isToldOnce_andNothingThatFindsRoomIsLostWhenSpaceComesBack() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=4m")) {
            Path onDisk = disk.path().resolve("journal.db");
            try (JournalWriter writer = start(onDisk, PATIENT)) {
                writer.add(attempt(NOON, "vacuum", 1));
                assertThat(writer.flush()).isTrue();
                disk.fill();
                Sample.attempts(NOON, "gateway", 4_000).forEach(writer::add);
                assertThat(writer.flush()).isFalse();
                Sample.attempts(NOON, "vacuum", 100).forEach(writer::add);
                assertThat(writer.flush()).isFalse();
                assertThat(notices)
                        .singleElement()
                        .satisfies(notice -> assertThat(notice.message())
                                .contains("No space", onDisk.toString(), "Free some space"));

                disk.free();
                assertThat(writer.flush()).isTrue();
                assertThat(attempts(onDisk)).hasSize(4_101);
                assertThat(writer.lost()).isZero();
                assertThat(notices).last().isEqualTo(new JournalNotice.Resumed(onDisk, 0));
            }
        }
    }

    @Test
    void closingOnAFullDisk_countsWhatWaited() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=1m")) {
            disk.fill();
            JournalWriter writer = start(disk.path().resolve("journal.db"), PATIENT);
            writer.flush();
            writer.add(attempt(NOON, "gateway", 1, 3));
            writer.close();

            assertThat(writer.lost()).isEqualTo(3);
        }
    }

    @Test
    void damagedHeader_theFileIsSetAside_andANewOneBegun() throws Exception {
        Damage.make(file, 100);
        Damage.header(file);
        byte[] damaged = Files.readAllBytes(file);

        assertSetAside();

        assertThat(directory.resolve("journal.db.damaged-20260301T120000Z")).hasBinaryContent(damaged);
    }

    @Test
    void damagedPages_theFileIsSetAside_andANewOneBegun() throws Exception {
        Damage.make(file, 20_000);
        Damage.allButHeader(file);
        Files.createFile(directory.resolve("journal.db.damaged-20260301T120000Z"));

        assertSetAside();

        assertThat(directory.resolve("journal.db.damaged-20260301T120000Z-2")).isNotEmptyFile();
    }

    private void assertSetAside() throws InterruptedException {
        try (JournalWriter writer = start(file, PATIENT)) {
            writer.add(attempt(NOON, "gateway", 1));
            assertThat(writer.flush()).isTrue();
        }
        assertThat(attempts(file)).containsExactly(attempt(NOON, "gateway", 1));
        assertThat(notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.message())
                        .contains(
                                "was damaged",
                                file.toString(),
                                ".damaged-20260301T120000Z",
                                "new one begins",
                                ".recover"));
    }

    @Test
    void damageFoundWhileTidying_theFileIsSetAside() throws Exception {
        Damage.make(file, 20_000);
        LastingJournal journal =
                new LastingJournal(file, Sample.keeping(Duration.ZERO, 1), Sample.CLOCK, notices::add, () -> 0);
        Damage.middle(file);
        assertThat(journal.write(new Batch(List.of(), List.of(), 0))).isEqualTo(LastingJournal.Outcome.KEPT);

        while (journal.tidy(Duration.ofSeconds(1))) {}

        assertThat(notices).singleElement().isInstanceOf(JournalNotice.SetAside.class);
        journal.close();
    }

    @Test
    void directoryInPlaceOfTheFile_isToldOnce_andNothingThrows() throws Exception {
        Files.createDirectory(file);
        try (JournalWriter writer = start(file, PATIENT)) {
            writer.add(attempt(NOON, "gateway", 1));
            assertThat(writer.flush()).isFalse();
            assertThat(writer.flush()).isFalse();

            Files.delete(file);
            assertThat(writer.flush()).isTrue();
        }
        assertThat(notices).hasSize(2);
        assertThat(notices.getFirst().message()).contains("cannot be opened", file.toString(), "Check the path");
        assertThat(notices.getLast()).isEqualTo(new JournalNotice.Resumed(file, 0));
        assertThat(attempts(file)).hasSize(1);
    }

    @Test
    void flush_afterClose_saysThatNothingIsKept() throws Exception {
        JournalWriter writer = start(file, PATIENT);
        writer.close();

        assertThat(writer.flush()).isFalse();
    }

    @Test
    void clockThatFails_isToldAsTrouble_andDoesNotEndTheWriter() throws Exception {
        LastingJournal journal = new LastingJournal(file, Sample.SETTINGS, new BrokenClock(), notices::add, () -> 0);
        assertThat(journal.write(new Batch(List.of(), List.of(), 0))).isEqualTo(LastingJournal.Outcome.KEPT);

        assertThat(journal.tidy(Duration.ZERO)).isFalse();

        assertThat(notices).singleElement().isInstanceOf(JournalNotice.Stopped.class);
        assertThat(journal.write(new Batch(List.of(), List.of(), 0))).isEqualTo(LastingJournal.Outcome.KEPT);
        journal.close();
    }

    private static final class BrokenClock extends Clock {
        @Override
        public Instant instant() {
            throw new IllegalStateException("no time");
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void newerFile_isLeftAlone_andToldOnce() throws Exception {
        Damage.make(file, 1);
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.execute("PRAGMA user_version = 99");
        }
        try (JournalWriter writer = start(file, PATIENT)) {
            assertThat(writer.flush()).isFalse();
            assertThat(writer.flush()).isFalse();
        }
        assertThat(notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("layout 99", "goes on without a journal"));
        assertThat(directory).isDirectoryNotContaining("glob:**damaged**");
    }

    @Test
    void fileRemovedWhileInUse_isNoticed_andANewOneBegun() throws Exception {
        try (JournalWriter writer = start(file, PATIENT)) {
            writer.flush();
            Files.delete(file);
            Files.deleteIfExists(directory.resolve("journal.db-wal"));
            Files.deleteIfExists(directory.resolve("journal.db-shm"));
            writer.add(attempt(NOON, "gateway", 1));
            assertThat(writer.flush()).isTrue();
        }
        assertThat(attempts(file)).hasSize(1);
        assertThat(notices).containsExactly(new JournalNotice.Vanished(file));
    }

    @Test
    void batchThatTheDatabaseRefuses_isLeftOutAndCounted_andTheNextGoesOn() throws Exception {
        Damage.make(file, 1);
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.execute("CREATE TRIGGER no BEFORE INSERT ON canary BEGIN SELECT raise(ABORT, 'no'); END");
        }
        try (JournalWriter writer = start(file, PATIENT)) {
            writer.add(new CanaryResult(NOON, true, ""));
            assertThat(writer.flush()).isFalse();
            assertThat(writer.lost()).isEqualTo(1);
            writer.add(attempt(NOON.plusSeconds(9), "gateway", 1));
            assertThat(writer.flush()).isTrue();
        }
        assertThat(attempts(file)).hasSize(2);
        assertThat(notices).singleElement().isInstanceOf(JournalNotice.LeftOut.class);
    }

    @Test
    void listenerThatThrows_doesNotEndTheWriter() throws Exception {
        Damage.make(file, 1);
        Damage.header(file);
        Consumer<JournalNotice> broken = notice -> {
            throw new IllegalStateException("listener");
        };
        try (JournalWriter writer = JournalWriter.start(file, Sample.SETTINGS, Sample.CLOCK, broken, PATIENT)) {
            writer.add(attempt(NOON, "gateway", 1));
            assertThat(writer.flush()).isTrue();
        }
    }

    private JournalWriter start(Path journal, JournalWriter.Limits limits) {
        return JournalWriter.start(journal, Sample.SETTINGS, Sample.CLOCK, notices::add, limits);
    }

    private static List<Attempt> attempts(Path journal) {
        return Sample.plain(Journal.openForReading(journal)
                .attempts(Instant.EPOCH, Optional.empty(), Order.OLDEST_FIRST, 1_000_000));
    }
}
