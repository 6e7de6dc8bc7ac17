package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.RuleProof.Outcome;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.Change;
import org.funkstille.journal.Journal;
import org.funkstille.journal.JournalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProofBookTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String LEAK = "tcp to 198.51.100.10 leaves by wan0: accept";

    @TempDir
    private Path folder;

    private final List<GuardEvent> events = new ArrayList<>();

    @Test
    void lostProof_isAnEventWithItsReason_andAgainWhenItIsBack() throws Exception {
        try (JournalWriter journal = journal()) {
            ProofBook book = new ProofBook(journal, events::add);
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            assertThat(events).isEmpty();
            book.enter(
                    List.of(verdict(proof(Outcome.LEAKING, LEAK))),
                    Map.of("gateway", List.of("moved, in forward: accept")));
            book.enter(List.of(verdict(proof(Outcome.LEAKING, LEAK))), Map.of());
            book.enter(
                    List.of(verdict(proof(Outcome.AS_WANTED))),
                    Map.of("gateway", List.of("gone from forward: accept")));
            journal.flush();
            assertThat(Journal.openForReading(folder.resolve("journal.db")).changes(Instant.EPOCH, 10))
                    .extracting(Change::kind)
                    .containsExactlyInAnyOrder("proof-lost", "proof-regained");
        }
        assertThat(events)
                .extracting(event -> ((GuardEvent.Noted) event).text())
                .containsExactly(
                        "gateway: " + LEAK + ". What changed: moved, in forward: accept",
                        "gateway: proved again: nothing gets out that should not."
                                + " What changed: gone from forward: accept");
        assertThat(events)
                .extracting(event -> ((GuardEvent.Noted) event).device())
                .containsOnly(Optional.of("gateway"));
    }

    @Test
    void proofThatCannotDecide_isLostToo() throws Exception {
        try (JournalWriter journal = journal()) {
            ProofBook book = new ProofBook(journal, events::add);
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            book.enter(List.of(verdict(RuleProof.notProved("the rule set could not be read"))), Map.of());
        }
        assertThat(events)
                .extracting(event -> ((GuardEvent.Noted) event).text())
                .containsExactly("gateway: the rule set could not be read");
    }

    @Test
    void windowThatOpensAndCloses_isNoLostProof_butWhatChangedMeanwhileIsRemembered() throws Exception {
        try (JournalWriter journal = journal()) {
            ProofBook book = new ProofBook(journal, events::add);
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            book.enter(
                    List.of(window(proof(Outcome.LEAKING, LEAK))), Map.of("gateway", List.of("a new rule in filter")));
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            assertThat(events).isEmpty();
            book.enter(List.of(window(proof(Outcome.LEAKING, LEAK))), Map.of("gateway", List.of("a new rule in nat")));
            book.enter(List.of(verdict(proof(Outcome.LEAKING, LEAK))), Map.of());
        }
        assertThat(events)
                .extracting(event -> ((GuardEvent.Noted) event).text())
                .containsExactly("gateway: " + LEAK + ". What changed: a new rule in nat");
    }

    @Test
    void verdictWithoutAProof_orWithOneThatGoesOn_takesNothingBack() throws Exception {
        try (JournalWriter journal = journal()) {
            ProofBook book = new ProofBook(journal, events::add);
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
            book.enter(List.of(verdict(Optional.empty(), Optional.empty())), Map.of());
            book.enter(List.of(verdict(RuleProof.pending())), Map.of());
            book.enter(List.of(verdict(proof(Outcome.AS_WANTED))), Map.of());
        }
        assertThat(events).isEmpty();
    }

    private static RuleProof proof(Outcome outcome, String... because) {
        return new RuleProof(outcome, List.of(because), Optional.empty(), List.of(), Optional.empty());
    }

    private static Verdict verdict(RuleProof proof) {
        return verdict(Optional.of(proof), Optional.empty());
    }

    private static Verdict window(RuleProof proof) {
        return verdict(Optional.of(proof), Optional.of(NOON));
    }

    private static Verdict verdict(Optional<RuleProof> proof, Optional<Instant> until) {
        return new Verdict("gateway", Status.UNPROVEN, Grade.PROVED, NOON, until, proof, List.of(), List.of());
    }

    private JournalWriter journal() {
        return JournalWriter.start(
                folder.resolve("journal.db"),
                JournalSettings.DEFAULT,
                Clock.systemUTC(),
                notice -> {},
                JournalWriter.Limits.DEFAULT);
    }
}
