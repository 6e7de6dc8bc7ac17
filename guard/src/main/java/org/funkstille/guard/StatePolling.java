package org.funkstille.guard;

import java.time.Clock;
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
            Map<FlowKey, Traffic> known = read();
            while (true) {
                Thread.sleep(table.interval());
                Map<FlowKey, Traffic> now = read();
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

    private Map<FlowKey, Traffic> read() throws RouterException {
        Map<FlowKey, Traffic> flows = new HashMap<>();
        table.reader().read().forEach(flow -> flows.put(flow.key(), flow.traffic()));
        return flows;
    }

    private void tell(Map<FlowKey, Traffic> before, Map<FlowKey, Traffic> now) {
        Instant at = clock.instant();
        now.keySet().stream()
                .filter(key -> !before.containsKey(key))
                .forEach(key -> consumer.accept(new EvidenceEvent.FlowBegan(at, key)));
        before.forEach((key, traffic) -> {
            if (!now.containsKey(key)) {
                consumer.accept(new EvidenceEvent.FlowEnded(at, key, traffic));
            }
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
