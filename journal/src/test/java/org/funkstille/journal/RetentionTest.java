package org.funkstille.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.journal.Sample.NOON;
import static org.funkstille.journal.Sample.attempt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.net.Addresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Optional<String> ALL = Optional.empty();
    private static final long PLENTY = 1L << 40;

    private final Path file;
    private final JournalReader reader;

    RetentionTest(@TempDir Path directory) {
        file = directory.resolve("journal.db");
        reader = Journal.openForReading(file);
    }

    @Test
    void attemptsTooOld_go_andTheirSumsEqualThem() {
        List<Attempt> attempts = random(40_000, Duration.ofHours(10));
        JournalSettings settings = Sample.keeping(Duration.ofHours(3), PLENTY);
        try (Journal journal = Journal.open(file, settings, Sample.CLOCK)) {
            journal.append(attempts);
            Map<String, Long> totals = reader.attemptTotals(Instant.EPOCH);
            List<DestinationTotal> top = reader.topDestinations(Instant.EPOCH, NOON, ALL, 1_000);

            tidy(journal);

            assertThat(reader.attempts(Instant.EPOCH, ALL, Order.OLDEST_FIRST, 1_000_000))
                    .isNotEmpty()
                    .noneMatch(stored -> stored.attempt().at().isBefore(NOON.minus(Duration.ofHours(3))))
                    .hasSize((int) attempts.stream()
                            .filter(one -> !one.at().isBefore(NOON.minus(Duration.ofHours(3))))
                            .count());
            assertThat(reader.attemptTotals(Instant.EPOCH)).isEqualTo(totals);
            assertThat(reader.topDestinations(Instant.EPOCH, NOON, ALL, 1_000))
                    .containsExactlyInAnyOrderElementsOf(top);
        }
    }

    @Test
    void fileTooLarge_shrinksBelowItsLimit_oldestFirst_andTotalsStay() throws Exception {
        long limit = 1_000_000;
        List<Attempt> attempts = random(100_000, Duration.ofHours(10));
        JournalSettings settings = Sample.keeping(Duration.ofDays(30), limit);
        try (Journal journal = Journal.open(file, settings, Sample.CLOCK)) {
            journal.append(attempts);
            Map<String, Long> totals = reader.attemptTotals(Instant.EPOCH);
            tidy(journal);

            assertThat(Files.size(file)).isPositive().isLessThan(limit);
            assertThat(reader.attemptTotals(Instant.EPOCH)).isEqualTo(totals);
            List<Attempt> kept = Sample.plain(reader.attempts(Instant.EPOCH, ALL, Order.OLDEST_FIRST, 1_000_000));
            assertThat(kept).isNotEmpty().isEqualTo(attempts.subList(attempts.size() - kept.size(), attempts.size()));
        }
    }

    @Test
    void sumsOfADeviceThatScans_keepTheMostTried_andTheRestAsOne() {
        List<Attempt> attempts = new ArrayList<>(Sample.attempts(NOON.minus(Duration.ofDays(2)), "scanner", 25_000));
        attempts.add(attempt(NOON.minus(Duration.ofDays(2)).plusSeconds(30), "scanner", 7, 50));
        JournalSettings settings = Sample.keeping(Duration.ofDays(1), PLENTY);
        try (Journal journal = Journal.open(file, settings, Sample.CLOCK)) {
            journal.append(attempts);
            tidy(journal);

            List<DestinationTotal> top = reader.topDestinations(Instant.EPOCH, NOON, ALL, 1_000);
            assertThat(top).hasSize(Retention.DESTINATIONS_AN_HOUR + 1);
            assertThat(top.getFirst().destination()).isEmpty();
            assertThat(top.get(1).packets()).isGreaterThanOrEqualTo(50);
            assertThat(reader.attemptTotals(Instant.EPOCH)).containsEntry("scanner", 25_050L);
        }
    }

    @Test
    void destinationsThatNothingRefersTo_go_andComeAgainWhenTried() throws Exception {
        JournalSettings settings = Sample.keeping(Duration.ofDays(1), PLENTY);
        try (Journal journal = Journal.open(file, settings, Sample.CLOCK)) {
            journal.append(Sample.attempts(NOON.minus(Duration.ofDays(4)), "scanner", 5_000));
            journal.append(List.of(attempt(NOON, "gateway", 1)));
            tidy(journal);
            tidy(journal);
            try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
                assertThat(sql.number("SELECT count(*) FROM destination"))
                        .isLessThanOrEqualTo(Retention.DESTINATIONS_AN_HOUR + 1);
            }

            journal.append(List.of(attempt(NOON, "gateway", 4_321)));
            assertThat(Sample.plain(reader.attempts(NOON, ALL, Order.OLDEST_FIRST, 10)))
                    .contains(attempt(NOON, "gateway", 4_321));
        }
    }

    @Test
    void destinationsThatOnlySumsReferTo_stay() {
        JournalSettings settings = Sample.keeping(Duration.ofDays(1), PLENTY);
        try (Journal journal = Journal.open(file, settings, Sample.CLOCK)) {
            journal.append(List.of(attempt(NOON.minus(Duration.ofDays(4)), "gateway", 9)));
            journal.append(List.of(attempt(NOON, "gateway", 1)));
            tidy(journal);
            tidy(journal);

            assertThat(reader.topDestinations(Instant.EPOCH, NOON, ALL, 10))
                    .extracting(DestinationTotal::destination)
                    .containsExactly(Optional.of(Sample.endpoint(9)));
        }
    }

    @Test
    void sumsThemselves_go_whenTheyAreManyOrAlone() throws Exception {
        JournalSettings tiny = Sample.keeping(Duration.ofDays(1), 200_000);
        List<Attempt> attempts = new ArrayList<>();
        for (int hour = 400; hour > 0; hour--) {
            attempts.addAll(Sample.attempts(NOON.minus(Duration.ofHours(hour + 48)), "gateway", 90));
        }
        try (Journal journal = Journal.open(file, tiny, Sample.CLOCK)) {
            journal.append(attempts);
            tidy(journal);

            assertThat(Files.size(file)).isLessThan(200_000);
        }
    }

    @Test
    void limitThatCannotBeReached_endsAllTheSame() {
        try (Journal journal = Journal.open(file, Sample.keeping(Duration.ofDays(1), 1), Sample.CLOCK)) {
            journal.append(random(1_000, Duration.ofHours(1)));
            tidy(journal);

            assertThat(reader.attemptTotals(Instant.EPOCH)).isEmpty();
        }
    }

    @Test
    void fileThatCannotGivePagesBack_keepsItsSize_andReusesWhatIsFree() throws Exception {
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + file))) {
            sql.execute("CREATE TABLE foreign_table (a INTEGER)");
        }
        long limit = 1_000_000;
        try (Journal journal = Journal.open(file, Sample.keeping(Duration.ofDays(30), limit), Sample.CLOCK)) {
            journal.append(random(100_000, Duration.ofHours(10)));
            tidy(journal);
            long size = Files.size(file);

            journal.append(random(10_000, Duration.ofHours(1)));
            tidy(journal);
            assertThat(size).isGreaterThan(limit);
            assertThat(Files.size(file)).isEqualTo(size);
        }
    }

    @Test
    void flowsTooOldOrTooMany_go() {
        Instant old = NOON.minus(Duration.ofDays(40));
        FlowBegan gone = new FlowBegan(1, Sample.flow(old, Optional.empty(), true, Traffic.NONE));
        FlowBegan kept = new FlowBegan(2, Sample.flow(NOON, Optional.empty(), true, Traffic.NONE));
        try (Journal journal = Journal.open(file, Sample.keeping(Duration.ofDays(30), PLENTY), Sample.CLOCK)) {
            journal.write(List.of(), List.of(gone, kept));
            tidy(journal);
            assertThat(reader.flows("vacuum", Instant.EPOCH, Instant.MAX, false, 10))
                    .containsExactly(kept.flow());
        }
        try (Journal journal = Journal.open(file, Sample.keeping(Duration.ofDays(30), 1), Sample.CLOCK)) {
            tidy(journal);
            assertThat(reader.flows("vacuum", Instant.EPOCH, Instant.MAX, false, 10))
                    .isEmpty();
        }
    }

    @Test
    void smallThingsTooOld_go_butTheLastVerdictAndCanaryStay_andChangesAndWindowsForYears() {
        Instant old = NOON.minus(Duration.ofDays(40));
        StoredVerdict last = new StoredVerdict(old.plusSeconds(1), "gateway", "silent", "proved", "{}");
        CanaryResult canary = new CanaryResult(old.plusSeconds(1), true, "");
        try (Journal journal = Journal.open(file, Sample.SETTINGS, Sample.CLOCK)) {
            journal.openWindow("gateway", old, old, "");
            journal.write(
                    List.of(),
                    List.of(
                            new StoredVerdict(old, "gateway", "leaking", "proved", "{}"),
                            last,
                            new CanaryResult(old, false, ""),
                            canary,
                            new Change(old, Optional.empty(), "kept", ""),
                            new Change(NOON.minus(Duration.ofDays(2_000)), Optional.empty(), "gone", ""),
                            new Loss(old, EvidenceSource.FLOWS, 1),
                            new Coverage(EvidenceSource.FLOWS, old, old, 0),
                            new NameSeen(old, Addresses.parse("192.0.2.1"), "a.example")));
            tidy(journal);
        }
        assertThat(reader.lastVerdicts()).containsExactly(last);
        assertThat(reader.lastCanary()).contains(canary);
        assertThat(reader.changes(Instant.EPOCH, 10)).extracting(Change::kind).containsExactly("kept");
        assertThat(reader.windows(10)).hasSize(1);
        assertThat(reader.losses(Instant.EPOCH)).isEmpty();
        assertThat(reader.coverage(Instant.EPOCH)).isEmpty();
        assertThat(reader.name(Addresses.parse("192.0.2.1"))).isEmpty();
    }

    @Test
    void tidying_pausesAfterItsBudget() {
        try (Journal journal = Journal.open(file, Sample.keeping(Duration.ofHours(1), PLENTY), Sample.CLOCK)) {
            journal.append(Sample.attempts(NOON.minus(Duration.ofDays(2)), "gateway", 25_000));

            assertThat(journal.tidy(Duration.ZERO)).isTrue();
            assertThat(reader.attempts(Instant.EPOCH, ALL, Order.OLDEST_FIRST, 1_000_000))
                    .hasSize(20_000);
        }
    }

    private static void tidy(Journal journal) {
        while (journal.tidy(Duration.ofMillis(50))) {}
    }

    /** In order of time, up to noon, few destinations. */
    private static List<Attempt> random(int number, Duration span) {
        Random random = new Random(42);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Instant at = NOON.minus(span).plusMillis(span.toMillis() * i / number);
            attempts.add(attempt(at, "device-" + random.nextInt(5), random.nextInt(40), 1 + random.nextInt(3)));
        }
        return attempts;
    }
}
