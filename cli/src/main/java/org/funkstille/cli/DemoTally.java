package org.funkstille.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.GuardEvent;
import org.jspecify.annotations.Nullable;

/** Counts what the guard reports of one device. Safe for use by several threads. */
final class DemoTally implements Consumer<GuardEvent> {

    private final String device;
    private final Map<String, Long> refused = new HashMap<>();
    private long attempts;
    private long flows;
    private Instant countFlowsFrom = Instant.MAX;
    private @Nullable Verdict verdict;

    DemoTally(String device) {
        this.device = device;
    }

    @Override
    public synchronized void accept(GuardEvent event) {
        switch (event) {
            case GuardEvent.Refused refusal
            when refusal.attempt().device().equals(device) -> {
                attempts += refusal.attempt().packets();
                String target = refusal.attempt().destination()
                        + refusal.attempt().name().map(name -> "  " + name).orElse("");
                refused.merge(target, refusal.attempt().packets(), Long::sum);
            }
            case GuardEvent.Passed(Flow flow)
            when flow.device().equals(device) && flow.outside() -> {
                if (flow.began().isAfter(countFlowsFrom)) {
                    flows++;
                }
            }
            case GuardEvent.Judged judged when judged.verdict().device().equals(device) -> verdict = judged.verdict();
            case GuardEvent.Refused other -> {
                // another device
            }
            case GuardEvent.Passed other -> {
                // another device, or within the house
            }
            case GuardEvent.Judged other -> {
                // another device
            }
            case GuardEvent.Noted other -> {
                // the demo says itself what is done
            }
        }
        notifyAll();
    }

    /** Flows that begin from now on are counted, from zero. */
    synchronized void countFlowsFrom(Instant from) {
        countFlowsFrom = from;
        flows = 0;
    }

    synchronized long attempts() {
        return attempts;
    }

    synchronized long flows() {
        return flows;
    }

    synchronized Map<String, Long> refused() {
        return Map.copyOf(refused);
    }

    synchronized @Nullable Verdict verdict() {
        return verdict;
    }
}
