package org.funkstille.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.funkstille.core.evidence.EvidenceEvent;

/** Keeps events, and waits for those that a test expects. */
final class SeenEvents implements Consumer<EvidenceEvent> {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(10);

    private final List<EvidenceEvent> events = new ArrayList<>();

    @Override
    public synchronized void accept(EvidenceEvent event) {
        events.add(event);
        notifyAll();
    }

    synchronized <T extends EvidenceEvent> T await(Class<T> type, Predicate<T> wanted) throws InterruptedException {
        awaitAll(all -> all.stream().anyMatch(event -> type.isInstance(event) && wanted.test(type.cast(event))));
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }

    synchronized void awaitAll(Predicate<List<EvidenceEvent>> wanted) throws InterruptedException {
        long end = System.nanoTime() + LIMIT;
        while (!wanted.test(events)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(events.size() + " events came and not the expected one, the last: "
                        + events.subList(Math.max(0, events.size() - 5), events.size()));
            }
            wait(left);
        }
    }

    synchronized List<EvidenceEvent> all() {
        return List.copyOf(events);
    }
}
