package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.EvidenceAccess.StateTable;
import org.funkstille.routers.EvidenceAccess.TrackedFlow;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatePollingTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final FlowKey OLD = key(1);
    private static final FlowKey NEW = key(2);
    private static final Traffic TRAFFIC = new Traffic(3, 180, 2, 120);

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<EvidenceEvent> events = new LinkedBlockingQueue<>();

    private StatePolling start() {
        StateTable table = new StateTable(this::read, Duration.ofMillis(1));
        return StatePolling.start(table, events::add, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private record Answer(Duration age, List<FlowKey> keys) {

        static Answer of(FlowKey... keys) {
            return new Answer(Duration.ofSeconds(3), List.of(keys));
        }
    }

    /** An empty answer stands for a router that is gone. */
    private List<TrackedFlow> read() throws RouterException {
        try {
            Answer answer = answers.take();
            if (answer.keys().isEmpty()) {
                throw new RouterException.Unreachable("it is gone");
            }
            return answer.keys().stream()
                    .map(key -> new TrackedFlow(key, TRAFFIC, answer.age()))
                    .toList();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            throw new RouterException.Unreachable("interrupted", over);
        }
    }

    @Test
    void aStateThatIsNew_isAFlowThatBegan_andOneThatIsGoneHasEnded() throws Exception {
        answers.addAll(List.of(Answer.of(OLD), Answer.of(OLD, NEW), Answer.of(OLD)));

        try (StatePolling _ = start()) {
            assertThat(next()).isEqualTo(new EvidenceEvent.FlowBegan(NOON.minusSeconds(3), NEW));
            assertThat(next()).isEqualTo(new EvidenceEvent.FlowEnded(NOON, NEW, TRAFFIC));
        }
    }

    @Test
    void aStateBetweenTheSameEndsThatIsYounger_isAnotherFlow() throws Exception {
        Answer older = new Answer(Duration.ofSeconds(60), List.of(OLD));
        answers.addAll(List.of(older, older, Answer.of(OLD)));

        try (StatePolling _ = start()) {
            assertThat(next()).isInstanceOf(EvidenceEvent.FlowEnded.class);
            assertThat(next()).isEqualTo(new EvidenceEvent.FlowBegan(NOON.minusSeconds(3), OLD));
        }
    }

    @Test
    void aRouterThatNoLongerAnswers_endsTheListening() throws Exception {
        answers.addAll(List.of(Answer.of(OLD), Answer.of()));

        try (StatePolling _ = start()) {
            assertThat(next()).isEqualTo(new EvidenceEvent.Ended(NOON, EvidenceSource.FLOWS, "it is gone"));
        }
    }

    private EvidenceEvent next() throws InterruptedException {
        EvidenceEvent event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    private static FlowKey key(long id) {
        return new FlowKey(
                id,
                Addresses.parse("192.168.20.50"),
                40_000,
                new Endpoint(Addresses.parse("198.51.100.10"), Protocol.UDP, 8053));
    }
}
