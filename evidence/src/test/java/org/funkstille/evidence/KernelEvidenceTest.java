package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceEvent.FlowBegan;
import org.funkstille.core.evidence.EvidenceEvent.FlowEnded;
import org.funkstille.core.evidence.EvidenceEvent.Lost;
import org.funkstille.core.evidence.EvidenceEvent.NameResolved;
import org.funkstille.core.evidence.EvidenceEvent.NeighbourSeen;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.core.evidence.EvidenceEvent.RulesChanged;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the real kernel, in namespaces made for each test. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // set before each test
class KernelEvidenceTest {

    private HomeNetwork home;
    private final SeenEvents seen = new SeenEvents();

    @BeforeEach
    void build() throws Exception {
        home = HomeNetwork.build();
    }

    @AfterEach
    void remove() throws Exception {
        if (home != null) {
            home.remove();
        }
    }

    @Test
    void refusedPackets_ofEveryKind_arriveWithHardwareAddress() throws Exception {
        try (KernelEvidence evidence = listen(Listening.toNothing().withRefusals(5))) {
            home.send(HomeNetwork.OUTSIDE, 8053, new byte[8]);
            home.send(HomeNetwork.OUTSIDE6, 8053, new byte[8]);
            home.send(HomeNetwork.OUTSIDE, 53, Wire.query("OT.io.mi.com"));
            home.send(HomeNetwork.ROUTER, 9, new byte[8]);
            connect(HomeNetwork.OUTSIDE);
            connect(HomeNetwork.OUTSIDE6);
            home.onDevice("ping", "-c1", "-W1", HomeNetwork.OUTSIDE);
            home.onDevice("ping", "-c1", "-W1", HomeNetwork.OUTSIDE6);

            assertThat(refusal(HomeNetwork.OUTSIDE, Protocol.UDP, 8053).toRouter())
                    .isFalse();
            assertThat(refusal(HomeNetwork.OUTSIDE6, Protocol.UDP, 8053).source())
                    .isEqualTo(Addresses.parse(HomeNetwork.DEVICE6));
            assertThat(refusal(HomeNetwork.OUTSIDE, Protocol.UDP, 53).query()).contains("ot.io.mi.com");
            assertThat(refusal(HomeNetwork.ROUTER, Protocol.UDP, 9).toRouter()).isTrue();
            refusal(HomeNetwork.OUTSIDE, Protocol.TCP, 443);
            refusal(HomeNetwork.OUTSIDE6, Protocol.TCP, 443);
            refusal(HomeNetwork.OUTSIDE, Protocol.ICMP, 0);
            refusal(HomeNetwork.OUTSIDE6, Protocol.ICMPV6, 0);
            assertThat(evidence.failures()).isEmpty();
            assertThat(seen.all())
                    .allSatisfy(event -> assertThat(((Refused) event).mac()).contains(HomeNetwork.DEVICE_MAC));
        }
    }

    @Test
    void dnsAnswer_ofTheRouter_isResolvedName() throws Exception {
        try (KernelEvidence evidence = listen(Listening.toNothing().withNames(6))) {
            home.router().call(() -> {
                try (DatagramChannel resolver =
                        DatagramChannel.open().bind(new InetSocketAddress(HomeNetwork.ROUTER, 53))) {
                    return resolver.send(
                            ByteBuffer.wrap(Wire.answer()), new InetSocketAddress(HomeNetwork.DEVICE, 40000));
                }
            });

            NameResolved resolved = seen.await(NameResolved.class, any -> true);

            assertThat(resolved.name()).isEqualTo("de.ot.io.mi.com");
            assertThat(resolved.addresses()).hasSize(2);
            assertThat(evidence.failures()).isEmpty();
        }
    }

    @Test
    void flow_thatPassed_beginsAndEndsWithItsBytes() throws Exception {
        try (KernelEvidence evidence = listen(Listening.toNothing().withFlows())) {
            home.send(HomeNetwork.ROUTER, 7000, new byte[100]);
            home.send(HomeNetwork.ROUTER6, 7000, new byte[100]);
            FlowBegan four = began(HomeNetwork.ROUTER);
            FlowBegan six = began(HomeNetwork.ROUTER6);

            home.onRouter("conntrack", "-F");

            FlowEnded end = seen.await(FlowEnded.class, ended -> ended.key().equals(four.key()));
            FlowEnded end6 = seen.await(FlowEnded.class, ended -> ended.key().equals(six.key()));
            assertThat(end.traffic().packetsOut()).isEqualTo(1);
            assertThat(end.traffic().bytesOut()).isEqualTo(128);
            assertThat(end6.traffic().bytesOut()).isEqualTo(148);
            assertThat(evidence.counts(EvidenceSource.FLOWS))
                    .map(EvidenceCounts::malformed)
                    .contains(0L);
        }
    }

    @Test
    void neighbour_knownBefore_andNewOne_areSeen() throws Exception {
        home.onRouter("ip", "neigh", "add", "192.168.20.7", "lladdr", "02:00:00:00:00:07", "dev", "iot0");
        try (KernelEvidence evidence = listen(Listening.toNothing().withNeighbours())) {
            seen.await(NeighbourSeen.class, known -> known.address().equals(Addresses.parse("192.168.20.7")));

            home.send(HomeNetwork.ROUTER, 7000, new byte[1]);
            home.onRouter("ping", "-c1", "-W1", HomeNetwork.DEVICE);

            NeighbourSeen device = seen.await(
                    NeighbourSeen.class, known -> known.address().equals(Addresses.parse(HomeNetwork.DEVICE)));
            assertThat(device.mac()).isEqualTo(HomeNetwork.DEVICE_MAC);
            assertThat(evidence.failures()).isEmpty();
        }
    }

    @Test
    void ruleChange_isTold() throws Exception {
        try (KernelEvidence evidence = listen(Listening.toNothing().withRules())) {
            home.onRouter("nft", "add", "table", "inet", "another");

            seen.await(RulesChanged.class, any -> true);
            assertThat(evidence.failures()).isEmpty();
        }
    }

    @Test
    void secondListener_ofTheSameGroup_isToldSo_andItsOthersGoOn() throws Exception {
        try (KernelEvidence first = listen(Listening.toNothing().withRefusals(5));
                KernelEvidence second =
                        listen(Listening.toNothing().withRefusals(5).withRules())) {
            assertThat(first.failures()).isEmpty();
            assertThat(second.failures()).containsOnlyKeys(EvidenceSource.REFUSALS);
            assertThat(second.failures().get(EvidenceSource.REFUSALS))
                    .isInstanceOfSatisfying(
                            NflogGroupTaken.class,
                            taken -> assertThat(taken.group()).isEqualTo(5));
            assertThat(seen.await(Ended.class, any -> true).source()).isEqualTo(EvidenceSource.REFUSALS);

            home.onRouter("nft", "add", "table", "inet", "another");
            seen.await(RulesChanged.class, any -> true);
        }
    }

    @Test
    void refusals_whenTheReaderIsHeldUp_areLostAndCountedExactly() throws Exception {
        HeldUp held = new HeldUp();
        try (KernelEvidence evidence = KernelEvidence.open(
                home.router(), Listening.toNothing().withRefusals(5).withReceiveBuffer(4096), held)) {
            home.send(HomeNetwork.OUTSIDE, 8053, new byte[8]);
            held.awaitFirst();
            home.send(HomeNetwork.OUTSIDE, 8053, new byte[8], 2_000, 1);

            held.release();

            // the end of the flood is lost: that is told although no packet comes any more
            seen.await(Lost.class, any -> true);
            home.send(HomeNetwork.OUTSIDE, 8053, new byte[8]);
            long all = home.refused();
            seen.awaitAll(events -> count(events, Refused.class) + lost(events) == all);
            assertThat(all).isEqualTo(2_002);
            assertThat(lost(seen.all())).isPositive();
            assertThat(evidence.counts(EvidenceSource.REFUSALS))
                    .contains(new EvidenceCounts(count(seen.all(), Refused.class), 0, lost(seen.all())));
        }
    }

    @Test
    void flows_whenTheReaderIsHeldUp_areLostAndCountedExactly() throws Exception {
        HeldUp held = new HeldUp();
        try (KernelEvidence evidence = KernelEvidence.open(
                home.router(), Listening.toNothing().withFlows().withReceiveBuffer(4096), held)) {
            home.send(HomeNetwork.ROUTER, 7000, new byte[1]);
            held.awaitFirst();
            home.send(HomeNetwork.ROUTER, 7001, new byte[1], 300, 300);
            long all = Long.parseLong(home.onRouter("conntrack", "-C").strip());

            held.release();

            seen.awaitAll(events -> count(events, FlowBegan.class) + lost(events) == all);
            assertThat(all).isGreaterThanOrEqualTo(301);
            assertThat(lost(seen.all())).isPositive();
            assertThat(evidence.failures()).isEmpty();
        }
    }

    @Test
    void close_endsPromptly_andLeavesNoThreads() throws Exception {
        KernelEvidence evidence = listen(Listening.toAll(5, 6));
        assertThat(evidence.failures()).isEmpty();
        assertThat(listenerThreads()).isEqualTo(5);
        long before = System.nanoTime();

        evidence.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(listenerThreads()).isZero();
        assertThat(seen.all()).noneMatch(Ended.class::isInstance);
        try (KernelEvidence again = listen(Listening.toAll(5, 6))) {
            assertThat(again.failures()).isEmpty();
        }
    }

    @Test
    void consumerThatThrows_endsOnlyItsOwnListener() throws Exception {
        try (KernelEvidence evidence = KernelEvidence.open(
                home.router(), Listening.toNothing().withRefusals(5).withRules(), event -> {
                    if (event instanceof Refused) {
                        throw new IllegalStateException("the consumer is broken");
                    }
                    seen.accept(event);
                })) {
            home.send(HomeNetwork.OUTSIDE, 8053, new byte[8]);
            assertThat(seen.await(Ended.class, any -> true).reason()).contains("the consumer is broken");

            home.onRouter("nft", "add", "table", "inet", "another");

            seen.await(RulesChanged.class, any -> true);
            assertThat(evidence.failures()).isEmpty();
        }
    }

    @Test
    void namespace_thatIsNotThere_isAnError() {
        NetworkNamespace missing = NetworkNamespace.named("fk-ev-missing");

        assertThatThrownBy(() -> KernelEvidence.open(missing, Listening.toAll(5, 6), seen))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fk-ev-missing");
    }

    private KernelEvidence listen(Listening listening) throws Exception {
        return KernelEvidence.open(home.router(), listening, seen);
    }

    private Refused refusal(String address, Protocol protocol, int port) throws InterruptedException {
        Endpoint wanted = new Endpoint(Addresses.parse(address), protocol, port);
        return seen.await(Refused.class, refused -> refused.destination().equals(wanted));
    }

    private FlowBegan began(String address) throws InterruptedException {
        Endpoint wanted = new Endpoint(Addresses.parse(address), Protocol.UDP, 7000);
        return seen.await(FlowBegan.class, flow -> flow.key().destination().equals(wanted));
    }

    private void connect(String address) throws Exception {
        home.device().call(() -> {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                return channel.connect(new InetSocketAddress(address, 443));
            }
        });
    }

    private static long listenerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("evidence "))
                .count();
    }

    private static long count(List<EvidenceEvent> events, Class<?> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private static long lost(List<EvidenceEvent> events) {
        return events.stream()
                .mapToLong(event -> event instanceof Lost lost ? lost.events() : 0)
                .sum();
    }

    /** Keeps the listener's thread from its first event on until it is released. */
    private final class HeldUp implements Consumer<EvidenceEvent> {

        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        @Override
        public void accept(EvidenceEvent event) {
            first.countDown();
            try {
                release.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            seen.accept(event);
        }

        void awaitFirst() throws InterruptedException {
            first.await();
        }

        void release() {
            release.countDown();
        }
    }
}
