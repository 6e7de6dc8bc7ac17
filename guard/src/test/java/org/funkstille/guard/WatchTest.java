package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.journal.CanaryResult;
import org.funkstille.journal.FlowBegan;
import org.funkstille.journal.FlowEnded;
import org.funkstille.journal.JournalEntry;
import org.funkstille.journal.Loss;
import org.funkstille.routers.Canary;
import org.junit.jupiter.api.Test;

final class WatchTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final InetAddress CANARY = Addresses.parse("127.70.83.1");

    private final List<Attempt> attempts = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<GuardEvent> events = new ArrayList<>();
    private final List<String> wakes = new ArrayList<>();
    private final Attribution attribution = new Attribution(Homes.home());
    private final Watch watch = new Watch(
            attribution,
            Optional.of(new Canary(CANARY, Optional.empty())),
            Clock.fixed(NOON, ZoneOffset.UTC),
            new Watch.Sink() {
                @Override
                public void attempt(Attempt attempt) {
                    attempts.add(attempt);
                }

                @Override
                public void entry(JournalEntry entry) {
                    entries.add(entry);
                }
            },
            events::add,
            wakes::add);

    @Test
    void refusedPacket_becomesAnAttempt_withTheNameThatTheResolverGave() {
        watch.accept(new EvidenceEvent.NameResolved(NOON, "ot.io.mi.com", List.of(Homes.CLOUD)));
        watch.accept(refused(Optional.of(Homes.GATEWAY), Homes.PINNED, Optional.empty()));
        assertThat(attempts)
                .containsExactly(
                        new Attempt(NOON, "gateway", Homes.udp(Homes.CLOUD, 8053), Optional.of("ot.io.mi.com"), 1));
    }

    @Test
    void dnsQuery_isNamedAfterWhatItAsks() {
        watch.accept(refused(Optional.of(Homes.GATEWAY), Homes.PINNED, Optional.of("ott.io.mi.com")));
        assertThat(attempts).extracting(Attempt::name).containsExactly(Optional.of("ott.io.mi.com"));
    }

    @Test
    void canary_isNoAttempt_andIsSeen() throws Exception {
        watch.accept(refused(Optional.empty(), CANARY, Optional.empty()));
        assertThat(attempts).isEmpty();
        assertThat(entries).hasExactlyElementsOfTypes(CanaryResult.class);
        assertThat(watch.awaitCanary(NOON, Duration.ZERO)).isTrue();
        assertThat(watch.awaitCanary(NOON.plusSeconds(1), Duration.ZERO)).isFalse();
    }

    @Test
    void flow_isWrittenWhenItBegins_andAgainWithItsBytesWhenItEnds() {
        FlowKey key = new FlowKey(7, Homes.PINNED, 40000, Homes.tcp(Homes.CLOUD, 80));
        watch.accept(new EvidenceEvent.FlowBegan(NOON, key));
        watch.accept(new EvidenceEvent.FlowEnded(NOON.plusSeconds(3), key, new Traffic(2, 120, 1, 60)));
        assertThat(entries).hasExactlyElementsOfTypes(FlowBegan.class, FlowEnded.class);
        Flow ended = ((FlowEnded) entries.getLast()).flow();
        assertThat(ended.began()).isEqualTo(NOON);
        assertThat(ended.outside()).isTrue();
        assertThat(ended.traffic().bytesOut()).isEqualTo(120);
    }

    @Test
    void flowOfASilentDevice_wakesTheGuard_andThatOfAnOnlineOneDoesNot() {
        attribution.holds(Addresses.parse("192.168.20.60"), Homes.VACUUM);
        watch.accept(began(8, Addresses.parse("192.168.20.60")));
        assertThat(wakes).isEmpty();
        watch.accept(began(9, Homes.PINNED));
        assertThat(wakes).containsExactly("a flow of gateway passed");
    }

    @Test
    void flowFromAnUnknownAddress_isAttributedOnceItsHolderIsSeen() {
        InetAddress fresh = Addresses.parse("fd00:20::abcd");
        watch.accept(began(10, fresh));
        assertThat(events).isEmpty();
        watch.accept(new EvidenceEvent.NeighbourSeen(NOON, Homes.GATEWAY, fresh));
        assertThat(events).hasExactlyElementsOfTypes(GuardEvent.Passed.class);
        assertThat(wakes).hasSize(2).first().asString().contains("now holds fd00:20::abcd");
    }

    @Test
    void neighbourThatIsNoDevice_wakesNobody() {
        watch.accept(
                new EvidenceEvent.NeighbourSeen(NOON, Mac.parse("02:00:00:00:00:99"), Addresses.parse("192.168.20.9")));
        assertThat(wakes).isEmpty();
    }

    @Test
    void losses_areCountedBySource_andWritten() {
        watch.accept(new EvidenceEvent.Lost(NOON, EvidenceSource.FLOWS, 3));
        watch.accept(new EvidenceEvent.Lost(NOON, EvidenceSource.FLOWS, 4));
        assertThat(watch.lost(EvidenceSource.FLOWS)).isEqualTo(7);
        assertThat(watch.lost(EvidenceSource.REFUSALS)).isZero();
        assertThat(entries).hasExactlyElementsOfTypes(Loss.class, Loss.class);
    }

    @Test
    void ruleChangesThatWereMissed_areAReasonToLook() {
        watch.accept(new EvidenceEvent.Lost(NOON, EvidenceSource.RULES, 1));
        assertThat(wakes).hasSize(1);
    }

    @Test
    void listenerThatEnded_isRemembered() {
        assertThat(watch.anyEnded()).isFalse();
        watch.accept(new EvidenceEvent.Ended(NOON, EvidenceSource.FLOWS, "broke off"));
        assertThat(watch.endOf(EvidenceSource.FLOWS)).contains("broke off");
        assertThat(watch.anyEnded()).isTrue();
    }

    private static EvidenceEvent.FlowBegan began(long id, InetAddress source) {
        return new EvidenceEvent.FlowBegan(NOON, new FlowKey(id, source, 40000, Homes.tcp(Homes.CLOUD, 80)));
    }

    private static EvidenceEvent.Refused refused(Optional<Mac> mac, InetAddress source, Optional<String> query) {
        return new EvidenceEvent.Refused(NOON, mac, source, 40000, Homes.udp(Homes.CLOUD, 8053), query, false);
    }
}
