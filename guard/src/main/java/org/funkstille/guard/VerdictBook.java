package org.funkstille.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.JournalWriter;
import org.funkstille.journal.StoredVerdict;

/** Tells and keeps verdicts: those that are news, and of the others one a day, to show that somebody was awake. */
final class VerdictBook {

    private static final Duration REPEAT = Duration.ofDays(1);

    private final JournalWriter journal;
    private final Consumer<GuardEvent> events;
    private final Map<String, Status> told = new HashMap<>();
    private final Map<String, Instant> written = new HashMap<>();

    VerdictBook(JournalWriter journal, Consumer<GuardEvent> events) {
        this.journal = journal;
        this.events = events;
    }

    void enter(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            boolean news = told.put(verdict.device(), verdict.status()) != verdict.status();
            Instant last = written.getOrDefault(verdict.device(), Instant.MIN);
            if (news || last.isBefore(verdict.at().minus(REPEAT))) {
                written.put(verdict.device(), verdict.at());
                journal.add(new StoredVerdict(
                        verdict.at(),
                        verdict.device(),
                        verdict.status().word(),
                        verdict.grade().word(),
                        VerdictJson.text(verdict)));
            }
            if (news) {
                events.accept(new GuardEvent.Judged(verdict));
            }
        }
    }
}
