package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.Judge;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerdictBookTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final List<GuardEvent> events = new ArrayList<>();

    @Test
    void verdict_isToldWhenItChanges_andNotAgain() throws Exception {
        try (JournalWriter journal = journal()) {
            VerdictBook book = new VerdictBook(journal, events::add);
            book.enter(List.of(verdict(Status.SILENT, NOON)));
            book.enter(List.of(verdict(Status.SILENT, NOON.plusSeconds(30))));
            book.enter(List.of(verdict(Status.LEAKING, NOON.plusSeconds(60))));
        }
        assertThat(events)
                .extracting(event -> ((GuardEvent.Judged) event).verdict().status())
                .containsExactly(Status.SILENT, Status.LEAKING);
    }

    @Test
    void verdictThatStays_isWrittenAgainAfterADay() throws Exception {
        try (JournalWriter journal = journal()) {
            VerdictBook book = new VerdictBook(journal, events::add);
            for (int hour = 0; hour <= 25; hour++) {
                book.enter(List.of(verdict(Status.SILENT, NOON.plus(Duration.ofHours(hour)))));
            }
            assertThat(journal.flush()).isTrue();
            assertThat(Journal.openForReading(folder.resolve("journal.db"))
                            .lastVerdict("gateway")
                            .orElseThrow()
                            .at())
                    .isEqualTo(NOON.plus(Duration.ofHours(25)));
        }
        assertThat(events).hasSize(1);
    }

    @Test
    void routerThatCannotBeRead_takesBackSilence_andSaysWhy() throws Exception {
        try (JournalWriter journal = journal()) {
            VerdictBook book = new VerdictBook(journal, events::add);
            book.enter(List.of(verdict(Status.SILENT, NOON)));
            book.enter(List.of(Judge.unreadable(
                    Homes.home().device("gateway").orElseThrow(), "the router is away", NOON.plusSeconds(30))));
        }
        assertThat(events.getLast()).isInstanceOfSatisfying(GuardEvent.Judged.class, judged -> {
            assertThat(judged.verdict().status()).isEqualTo(Status.UNPROVEN);
            assertThat(judged.verdict().because()).containsExactly("rules: the router is away");
        });
    }

    private JournalWriter journal() {
        return JournalWriter.start(
                folder.resolve("journal.db"),
                JournalSettings.DEFAULT,
                Clock.systemUTC(),
                notice -> {},
                JournalWriter.Limits.DEFAULT);
    }

    private static Verdict verdict(Status status, Instant at) {
        return new Verdict(
                "gateway", status, Grade.OBSERVED, at, Optional.empty(), Optional.empty(), List.of(), List.of());
    }
}
