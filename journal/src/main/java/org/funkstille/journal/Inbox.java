package org.funkstille.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceSource;

/** What waits to be written: bounded, and what finds no room is counted. Not for several threads. */
final class Inbox {

    private final int mostEntries;
    private final int mostAttempts;
    private final AttemptAggregator attempts;
    private final Map<EvidenceSource, Long> unrecorded = new EnumMap<>(EvidenceSource.class);
    private List<JournalEntry> entries = new ArrayList<>();
    private long lost;
    private boolean closed;

    Inbox(int mostAttempts, int mostEntries) {
        this.mostAttempts = mostAttempts;
        this.mostEntries = mostEntries;
        this.attempts = new AttemptAggregator(mostAttempts);
    }

    void add(Attempt attempt) {
        if (closed || !attempts.add(attempt)) {
            lost += attempt.packets();
            unrecorded.merge(EvidenceSource.REFUSALS, attempt.packets(), Long::sum);
        }
    }

    void add(JournalEntry entry) {
        if (!closed && entries.size() < mostEntries) {
            entries.add(entry);
            return;
        }
        lost++;
        if (entry instanceof FlowBegan || entry instanceof FlowEnded) {
            unrecorded.merge(EvidenceSource.FLOWS, 1L, Long::sum);
        }
    }

    boolean isEmpty() {
        return attempts.size() == 0 && entries.isEmpty() && unrecorded.isEmpty();
    }

    /** Time to write before the interval is over. */
    boolean isHalfFull() {
        return attempts.size() >= mostAttempts / 2 || entries.size() >= mostEntries / 2;
    }

    /** Empties it. Losses since the last time are among the entries, so that a verdict can take them into account. */
    Batch take(Instant now, long ticket) {
        List<JournalEntry> taken = entries;
        entries = new ArrayList<>();
        unrecorded.forEach((source, events) -> taken.add(new Loss(now, source, events)));
        unrecorded.clear();
        return new Batch(attempts.drain(), taken, ticket);
    }

    /** A batch that was taken and will never be written. */
    void giveUp(Batch batch) {
        lost += batch.events();
    }

    /** From now on everything is lost, and counted. */
    void close(Instant now) {
        closed = true;
        Batch rest = take(now, 0);
        lost += rest.attempts().stream().mapToLong(Attempt::packets).sum();
        lost += rest.entries().stream()
                .filter(entry -> !(entry instanceof Loss))
                .count();
    }

    /** Packets of attempts, and entries, that found no room or were given up. */
    long lost() {
        return lost;
    }
}
