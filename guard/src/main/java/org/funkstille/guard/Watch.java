package org.funkstille.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.model.Device;
import org.funkstille.core.net.Addresses;
import org.funkstille.journal.CanaryResult;
import org.funkstille.journal.FlowBegan;
import org.funkstille.journal.FlowEnded;
import org.funkstille.journal.JournalEntry;
import org.funkstille.journal.Loss;
import org.funkstille.journal.NameSeen;
import org.funkstille.routers.Canary;

/**
 * Turns what listeners saw into attempts and flows of devices, and remembers what a verdict asks of them. Its
 * {@link #accept} is called on the listeners' threads and never waits.
 */
final class Watch implements Consumer<EvidenceEvent> {

    /** Where attempts and entries go; must not wait. */
    interface Sink {

        void attempt(Attempt attempt);

        void entry(JournalEntry entry);
    }

    private static final int MOST_OPEN_FLOWS = 65_536;
    private static final int MOST_UNATTRIBUTED = 1024;

    /** A flow's sender answers ARP or neighbour discovery within this, or no answer could reach it. */
    private static final Duration ATTRIBUTION_PATIENCE = Duration.ofSeconds(5);

    private final Attribution attribution;
    private final Optional<Canary> canary;
    private final Clock clock;
    private final Sink sink;
    private final Consumer<GuardEvent> events;
    private final Consumer<String> wake;

    private final Map<FlowKey, Flow> open = new HashMap<>();
    private final Deque<EvidenceEvent.FlowBegan> unattributed = new ArrayDeque<>();
    private final Map<EvidenceSource, Long> lost = new EnumMap<>(EvidenceSource.class);
    private final Map<EvidenceSource, String> ended = new EnumMap<>(EvidenceSource.class);
    private Optional<Instant> canarySeen = Optional.empty();

    /** @param wake told why the guard should look at once */
    Watch(
            Attribution attribution,
            Optional<Canary> canary,
            Clock clock,
            Sink sink,
            Consumer<GuardEvent> events,
            Consumer<String> wake) {
        this.attribution = attribution;
        this.canary = canary;
        this.clock = clock;
        this.sink = sink;
        this.events = events;
        this.wake = wake;
    }

    @Override
    public void accept(EvidenceEvent event) {
        switch (event) {
            case EvidenceEvent.Refused refused -> refused(refused);
            case EvidenceEvent.FlowBegan began -> began(began);
            case EvidenceEvent.FlowEnded over -> ended(over);
            case EvidenceEvent.NameResolved resolved ->
                resolved.addresses().forEach(address -> {
                    attribution.named(address, resolved.name());
                    sink.entry(new NameSeen(resolved.at(), address, resolved.name()));
                });
            case EvidenceEvent.NeighbourSeen seen -> neighbour(seen);
            case EvidenceEvent.RulesChanged changed -> wake.accept("the rules were changed");
            case EvidenceEvent.Lost loss -> {
                synchronized (this) {
                    lost.merge(loss.source(), loss.events(), Long::sum);
                }
                sink.entry(new Loss(loss.at(), loss.source(), loss.events()));
                if (loss.source() == EvidenceSource.RULES) {
                    wake.accept("changes of the rules may have been missed");
                }
            }
            case EvidenceEvent.Ended end -> {
                synchronized (this) {
                    ended.put(end.source(), end.reason());
                }
                wake.accept("the listener for " + end.source().word() + " ended: " + end.reason());
            }
        }
    }

    private void refused(EvidenceEvent.Refused refused) {
        if (canary.filter(sent -> sent.is(refused.source(), refused.destination()))
                .isPresent()) {
            synchronized (this) {
                canarySeen = Optional.of(refused.at());
                notifyAll();
            }
            sink.entry(new CanaryResult(refused.at(), true, "refused and seen"));
            return;
        }
        attribution.deviceOf(refused).ifPresent(device -> {
            Optional<String> name = refused.query()
                    .or(() -> attribution.nameOf(refused.destination().address()));
            Attempt attempt = new Attempt(refused.at(), device.name(), refused.destination(), name, 1);
            sink.attempt(attempt);
            events.accept(new GuardEvent.Refused(attempt));
        });
    }

    private void began(EvidenceEvent.FlowBegan event) {
        Optional<Device> device = attribution.deviceAt(event.key().source());
        if (device.isPresent()) {
            began(event, device.get());
            return;
        }
        synchronized (this) {
            if (unattributed.size() >= MOST_UNATTRIBUTED) {
                unattributed.removeFirst();
            }
            unattributed.addLast(event);
        }
    }

    private void began(EvidenceEvent.FlowBegan event, Device device) {
        FlowKey key = event.key();
        Flow flow = new Flow(
                event.at(),
                Optional.empty(),
                device.name(),
                key.destination(),
                attribution.nameOf(key.destination().address()),
                attribution.isWayOut(key.destination()),
                Traffic.NONE);
        synchronized (this) {
            if (open.size() < MOST_OPEN_FLOWS) {
                open.put(key, flow);
            }
        }
        sink.entry(new FlowBegan(key.id(), flow));
        events.accept(new GuardEvent.Passed(flow));
        if (attribution.isForbidden(device, key.destination())) {
            wake.accept("a flow of " + device.name() + " passed");
        }
    }

    private void ended(EvidenceEvent.FlowEnded event) {
        Flow began;
        synchronized (this) {
            began = open.remove(event.key());
        }
        if (began != null) {
            Flow flow = new Flow(
                    began.began(),
                    Optional.of(event.at()),
                    began.device(),
                    began.destination(),
                    began.name(),
                    began.outside(),
                    event.traffic());
            sink.entry(new FlowEnded(event.key().id(), flow));
        }
    }

    private void neighbour(EvidenceEvent.NeighbourSeen seen) {
        if (attribution.holds(seen.address(), seen.mac())) {
            wake.accept(seen.mac() + " now holds " + Addresses.text(seen.address()));
        }
        List<EvidenceEvent.FlowBegan> known = new ArrayList<>();
        synchronized (this) {
            Instant oldest = clock.instant().minus(ATTRIBUTION_PATIENCE);
            for (Iterator<EvidenceEvent.FlowBegan> waiting = unattributed.iterator(); waiting.hasNext(); ) {
                EvidenceEvent.FlowBegan flow = waiting.next();
                if (flow.key().source().equals(seen.address())) {
                    known.add(flow);
                    waiting.remove();
                } else if (flow.at().isBefore(oldest)) {
                    waiting.remove();
                }
            }
        }
        known.forEach(this::began);
    }

    synchronized long lost(EvidenceSource source) {
        return lost.getOrDefault(source, 0L);
    }

    /** Why a listener is no longer there. */
    synchronized Optional<String> endOf(EvidenceSource source) {
        return Optional.ofNullable(ended.get(source));
    }

    synchronized boolean anyEnded() {
        return !ended.isEmpty();
    }

    /** Waits for the refusal of a canary that was sent at or after this moment. */
    synchronized boolean awaitCanary(Instant sent, Duration patience) throws InterruptedException {
        long limit = System.nanoTime() + patience.toNanos();
        while (canarySeen.filter(seen -> !seen.isBefore(sent)).isEmpty()) {
            long left = (limit - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
