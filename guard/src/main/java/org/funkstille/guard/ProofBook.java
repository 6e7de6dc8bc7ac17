package org.funkstille.guard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.Change;
import org.funkstille.journal.JournalWriter;

/** Tells and keeps that the proof of a device was lost, or is there again, and what brought it about. */
final class ProofBook {

    static final String LOST = "proof-lost";
    static final String REGAINED = "proof-regained";

    /** Nobody reads more, and a rule set may change many times while a window is open. */
    private static final int MOST_REASONS = 5;

    private final JournalWriter journal;
    private final Consumer<GuardEvent> events;
    private final Map<String, Boolean> standing = new HashMap<>();
    private final Map<String, List<String>> reasons = new HashMap<>();

    ProofBook(JournalWriter journal, Consumer<GuardEvent> events) {
        this.journal = journal;
        this.events = events;
    }

    /** @param changes what has changed since the last time, by device */
    void enter(List<Verdict> verdicts, Map<String, List<String>> changes) {
        changes.forEach((device, some) -> {
            List<String> known = reasons.computeIfAbsent(device, name -> new ArrayList<>());
            some.stream().filter(reason -> !known.contains(reason)).forEach(known::add);
        });
        // A window lets its device out, as it should: what stood before stands until it has closed.
        verdicts.stream().filter(verdict -> verdict.until().isEmpty()).forEach(this::enter);
    }

    private void enter(Verdict verdict) {
        if (verdict.proof().isEmpty() || verdict.proof().get().outcome() == RuleProof.Outcome.PENDING) {
            return;
        }
        RuleProof proof = verdict.proof().get();
        boolean now = proof.outcome() == RuleProof.Outcome.AS_WANTED;
        Boolean before = standing.put(verdict.device(), now);
        List<String> why = Optional.ofNullable(reasons.remove(verdict.device())).orElse(List.of());
        if (before != null && before != now) {
            String what = now
                    ? "proved again: nothing gets out that should not"
                    : String.join("; ", proof.because().isEmpty() ? List.of("not proved") : proof.because());
            String text = verdict.device() + ": " + what + (why.isEmpty() ? "" : ". What changed: " + told(why));
            tell(verdict.at(), verdict.device(), now ? REGAINED : LOST, text);
        }
    }

    private static String told(List<String> why) {
        String first = String.join("; ", why.subList(0, Math.min(why.size(), MOST_REASONS)));
        return why.size() > MOST_REASONS ? first + "; and " + (why.size() - MOST_REASONS) + " more" : first;
    }

    private void tell(Instant at, String device, String kind, String text) {
        journal.add(new Change(at, Optional.of(device), kind, text));
        events.accept(new GuardEvent.Noted(at, Optional.of(device), kind, text));
    }
}
