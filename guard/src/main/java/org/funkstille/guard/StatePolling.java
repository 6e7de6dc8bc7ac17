package org.funkstille.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.RouterException;

/**
 * Makes flows of a table of states that is asked at an interval. What stands in it at the first look began before, and
 * is no event; a verdict asks for it by the states witness.
 */
final class StatePolling implements AutoCloseable {

    private static final Duration UNSURE = Duration.ofSeconds(4);

    private final EvidenceAccess.StateTable table;
    private final Consumer<EvidenceEvent> consumer;
    private final Clock clock;
    private final Thread thread;

    private StatePolling(EvidenceAccess.StateTable table, Consumer<EvidenceEvent> consumer, Clock clock) {
        this.table = table;
        this.consumer = consumer;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("evidence states").unstarted(this::run);
    }

    static StatePolling start(EvidenceAccess.StateTable table, Consumer<EvidenceEvent> consumer, Clock clock) {
        StatePolling polling = new StatePolling(table, consumer, clock);
        polling.thread.start();
        return polling;
    }

    private void run() {
        try {
            Map<FlowKey, Known> known = read();
            while (true) {
                Thread.sleep(table.interval());
                Map<FlowKey, Known> now = read();
                tell(known, now);
                known = now;
            }
        } catch (InterruptedException told) {
            // to end
        } catch (RouterException failed) {
            if (!thread.isInterrupted()) {
                consumer.accept(new EvidenceEvent.Ended(
                        clock.instant(), EvidenceSource.FLOWS, String.valueOf(failed.getMessage())));
            }
        }
    }

    private Map<FlowKey, Known> read() throws RouterException {
        Instant at = clock.instant();
        Map<FlowKey, Known> flows = new HashMap<>();
        table.reader().read().forEach(flow -> flows.put(flow.key(), new Known(at.minus(flow.age()), flow.traffic())));
        return flows;
    }

    private void tell(Map<FlowKey, Known> before, Map<FlowKey, Known> now) {
        now.forEach((key, flow) -> {
            Known earlier = before.get(key);
            if (earlier != null && flow.isAnotherThan(earlier)) {
                ended(key, earlier);
            }
            if (earlier == null || flow.isAnotherThan(earlier)) {
                consumer.accept(new EvidenceEvent.FlowBegan(flow.began(), key));
            }
        });
        before.forEach((key, flow) -> {
            if (!now.containsKey(key)) {
                ended(key, flow);
            }
        });
    }

    private void ended(FlowKey key, Known flow) {
        consumer.accept(new EvidenceEvent.FlowEnded(clock.instant(), key, flow.traffic()));
    }

    /** A flow as it was last seen. */
    private record Known(Instant began, Traffic traffic) {

        /** Between the same ends, but later than whole seconds and the time that asking takes can explain. */
        boolean isAnotherThan(Known earlier) {
            return began.isAfter(earlier.began.plus(UNSURE));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
