package org.funkstille.evidence.filterlog;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts outcomes. One thread adds, any thread may read. */
final class Tally {

    private final AtomicLongArray counts = new AtomicLongArray(Outcome.PLACES);

    void add(Outcome outcome) {
        int place = outcome.place();
        counts.setRelease(place, counts.getPlain(place) + 1); // nobody else writes
    }

    FilterLogCounts counts() {
        long ours = of(Outcome.REFUSED) + of(Outcome.PASSED);
        long othersRules = of(Outcome.OTHERS_RULE);
        long otherPrograms = of(Outcome.OTHER_PROGRAM);
        long malformed = of(Outcome.MALFORMED);
        long spoofed = of(Outcome.SPOOFED);
        long tooLong = of(Outcome.TOO_LONG);
        return new FilterLogCounts(
                ours + othersRules + otherPrograms + malformed + spoofed + tooLong,
                ours,
                othersRules,
                otherPrograms,
                malformed,
                spoofed,
                tooLong);
    }

    private long of(Outcome outcome) {
        return counts.getAcquire(outcome.place());
    }
}
