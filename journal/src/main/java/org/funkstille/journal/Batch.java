package org.funkstille.journal;

import java.util.List;
import org.funkstille.core.evidence.Attempt;

/**
 * What goes to disk as one.
 *
 * @param ticket the last wish to flush that was made before this was gathered
 */
record Batch(List<Attempt> attempts, List<JournalEntry> entries, long ticket) {

    boolean isEmpty() {
        return attempts.isEmpty() && entries.isEmpty();
    }

    long events() {
        return attempts.stream().mapToLong(Attempt::packets).sum() + entries.size();
    }
}
