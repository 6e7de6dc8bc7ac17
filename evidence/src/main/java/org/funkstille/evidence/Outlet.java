package org.funkstille.evidence;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceEvent.Lost;
import org.funkstille.core.evidence.EvidenceSource;

/** Where a listener's events leave, and are counted. */
final class Outlet {

    private final EvidenceSource source;
    private final Consumer<? super EvidenceEvent> consumer;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    Outlet(EvidenceSource source, Consumer<? super EvidenceEvent> consumer) {
        this.source = source;
        this.consumer = consumer;
    }

    void accept(Decoded decoded) {
        switch (decoded) {
            case Decoded.Seen seen -> {
                events.incrementAndGet();
                consumer.accept(seen.event());
            }
            case Decoded.Nothing _ -> {}
            case Decoded.Malformed _ -> malformed.incrementAndGet();
        }
    }

    void lost(Instant at, long count) {
        if (count > 0) {
            lost.addAndGet(count);
            consumer.accept(new Lost(at, source, count));
        }
    }

    void ended(Instant at, String reason) {
        consumer.accept(new Ended(at, source, reason));
    }

    EvidenceCounts counts() {
        return new EvidenceCounts(events.get(), malformed.get(), lost.get());
    }
}
