package org.funkstille.evidence.filterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceEvent.Lost;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real sockets on loopback. The router is 127.0.0.1, a stranger 127.0.0.2. */
@Timeout(60)
class FilterLogEvidenceTest {

    private static final InetAddress ROUTER = Addresses.parse("127.0.0.1");
    private static final String STRANGER = "127.0.0.2";
    private static final Set<InetAddress> SENDERS = Set.of(ROUTER, Addresses.parse("::1"));
    private static final String RULE = "0d7a2d2e-6a3c-4d0c-9a3e-5d1f9a7b1c2d";
    private static final String WINDOW = "1700000001";
    private static final Map<String, Meaning> OURS =
            Map.of(RULE, Meaning.REFUSES, "1700000000", Meaning.REFUSES, WINDOW, Meaning.PASSES);
    private static final String HEAD = "<134>Jun 18 19:36:03 filterlog[8265]: ";
    private static final String OURS_TCP = HEAD + content("1700000000", "192.0.2.83", 443);
    private static final Limits FEW = new Limits(64 * 1024, 2, Duration.ofMinutes(1), Duration.ofHours(1));

    private final List<EvidenceEvent> seen = new CopyOnWriteArrayList<>();
    private volatile Map<String, Meaning> rules = OURS;
    private final String namespaceName = "fkfl" + ProcessHandle.current().pid();
    private boolean namespaceMade;

    @AfterEach
    void removeNamespace() throws Exception {
        if (namespaceMade) {
            Command.of("ip", "netns", "del", namespaceName).run();
        }
    }

    @Test
    void refusals_byUdp_areHandedOn() throws Exception {
        try (FilterLogEvidence evidence = listen()) {
            Instant before = Instant.now();
            send(evidence, OURS_TCP + "\n");
            Instant said = Instant.now().minusSeconds(30).truncatedTo(ChronoUnit.MICROS);
            send(evidence, modern(said) + content(RULE, "192.168.1.1", 53));
            send(evidence, modern(Instant.parse("2021-01-01T00:00:00Z")) + content(RULE, "192.0.2.3", 1));
            send(evidence, modern(Instant.now().plusSeconds(60)) + content(RULE, "192.0.2.4", 1));

            await().until(() -> seen.size() == 4);
            Refused legacy = refused(0);
            assertThat(legacy.at()).isBetween(before, Instant.now());
            assertThat(legacy.mac()).isEmpty();
            assertThat(legacy.source()).isEqualTo(Addresses.parse("192.168.1.50"));
            assertThat(legacy.sourcePort()).isEqualTo(40000);
            assertThat(legacy.destination()).isEqualTo(new Endpoint(Addresses.parse("192.0.2.83"), Protocol.TCP, 443));
            assertThat(legacy.toRouter()).isFalse();
            assertThat(refused(1).at()).isEqualTo(said);
            assertThat(refused(1).toRouter()).isTrue();
            // a clock that is wrong is not believed
            assertThat(refused(2).at()).isBetween(before, Instant.now());
            assertThat(refused(3).at()).isBetween(before, Instant.now());
            assertThat(evidence.counts()).isEqualTo(new FilterLogCounts(4, 4, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void refusals_byTcp_inBothFramings_areHandedOn() throws Exception {
        try (FilterLogEvidence evidence = listen();
                Socket first = connect(evidence);
                Socket second = connect(evidence)) {
            write(first, OURS_TCP.length() + " " + OURS_TCP + OURS_TCP.length() + " " + OURS_TCP.substring(0, 50));
            write(second, OURS_TCP + "\n" + OURS_TCP + "\n" + OURS_TCP.substring(0, 50));
            await().until(() -> seen.size() == 3);
            write(first, OURS_TCP.substring(50));
            write(second, OURS_TCP.substring(50) + "\n");

            await().until(() -> seen.size() == 5);
            assertThat(evidence.counts().ours()).isEqualTo(5);
        }
    }

    @Test
    void refusals_byIpv6_areHandedOn() throws Exception {
        InetSocketAddress listen = new InetSocketAddress(Addresses.parse("::1"), 0);
        try (FilterLogEvidence evidence = listen(listen);
                Socket tcp = new Socket(listen.getAddress(), evidence.address().getPort());
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress(listen.getAddress(), 0))) {
            write(tcp, OURS_TCP + "\n");
            udp.send(packet(evidence, OURS_TCP));

            await().until(() -> seen.size() == 2);
        }
    }

    @Test
    void whatIsNotOurs_isCounted_andNotHandedOn() throws Exception {
        try (FilterLogEvidence evidence = listen()) {
            for (SampleLines.Sample sample : SampleLines.ALL) {
                send(evidence, sample.line()); // the default rule's among them
            }
            send(evidence, HEAD + content(WINDOW, "192.0.2.1", 1).replace(",block,", ",pass,"));
            send(evidence, HEAD + content(WINDOW, "192.0.2.1", 1));
            send(evidence, OURS_TCP.replace(",block,", ",pass,"));
            send(evidence, OURS_TCP.substring(0, OURS_TCP.indexOf(",443,") + 3));
            send(evidence, "<38>Jun 18 19:36:03 sshd[1]: " + OURS_TCP);
            send(evidence, "<134>Jun 18 19:36:03 last message repeated 3 times");
            send(evidence, "");
            send(evidence, OURS_TCP + ";nop".repeat(3000));
            send(evidence, OURS_TCP);

            await().until(() -> seen.size() == 1);
            assertThat(evidence.counts()).isEqualTo(new FilterLogCounts(18, 2, 9, 3, 3, 0, 1));
        }
    }

    @Test
    void strangers_areCounted_andNotRead() throws Exception {
        try (FilterLogEvidence evidence = listen()) {
            try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(STRANGER, 0))) {
                stranger.send(packet(evidence, OURS_TCP));
            }
            try (Socket stranger = new Socket()) {
                stranger.bind(new InetSocketAddress(STRANGER, 0));
                stranger.connect(evidence.address());
                assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            }
            await().until(() -> evidence.counts().spoofed() == 2);
            send(evidence, OURS_TCP);

            await().until(() -> seen.size() == 1);
            assertThat(evidence.counts()).isEqualTo(new FilterLogCounts(3, 1, 0, 0, 0, 2, 0));
        }
    }

    @Test
    void rules_thatTheDriverChanges_countFromThenOn() throws Exception {
        rules = Map.of();
        try (FilterLogEvidence evidence = listen()) {
            send(evidence, OURS_TCP);
            await().until(() -> evidence.counts().othersRules() == 1);
            rules = OURS;
            send(evidence, OURS_TCP);
            await().until(() -> evidence.counts().ours() == 1);
            rules = Map.of("1700000000", Meaning.PASSES);
            send(evidence, OURS_TCP);

            await().until(() -> evidence.counts().malformed() == 1);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void datagrams_thatTheKernelDropped_areToldExactly_inAnotherNamespace() throws Exception {
        Command.of("ip", "netns", "add", namespaceName).run();
        namespaceMade = true;
        Command.of("ip", "-n", namespaceName, "link", "set", "lo", "up").run();
        NetworkNamespace namespace = NetworkNamespace.named(namespaceName);
        CountDownLatch release = new CountDownLatch(1);
        try (FilterLogEvidence evidence = listen(namespace, new InetSocketAddress(ROUTER, 0), FEW, event -> {
            awaitRelease(release);
            seen.add(event);
        })) {
            int sent = namespace.call(() -> {
                for (int count = 0; count < 2_000; count++) {
                    send(evidence, OURS_TCP);
                }
                return 2_000;
            });
            release.countDown();

            await().until(() -> lost() + evidence.counts().ours() == sent);
            assertThat(lost()).isPositive();
            assertThat(seen)
                    .filteredOn(Lost.class::isInstance)
                    .allMatch(event -> ((Lost) event).source() == EvidenceSource.REFUSALS);
        }
    }

    @Test
    void connections_beyondTheirNumber_takeThePlaceOfTheQuietest() throws Exception {
        try (FilterLogEvidence evidence = listen(NetworkNamespace.current(), anyPort(), FEW, seen::add);
                Socket first = connect(evidence)) {
            write(first, OURS_TCP + "\n");
            await().until(() -> seen.size() == 1);
            try (Socket second = connect(evidence)) {
                write(second, OURS_TCP + "\n");
                await().until(() -> seen.size() == 2);
                write(first, OURS_TCP + "\n" + OURS_TCP.substring(0, 20));
                await().until(() -> seen.size() == 3);
                try (Socket third = connect(evidence)) {
                    write(third, OURS_TCP + "\n");

                    await().until(() -> seen.size() == 4);
                    assertThat(second.getInputStream().read()).isEqualTo(-1);
                    write(first, OURS_TCP.substring(20) + "\n");
                    await().until(() -> seen.size() == 5);
                }
            }
        }
    }

    @Test
    void connection_thatDoesNotEndItsLine_isClosed_andTheLineNotBelieved() throws Exception {
        Limits impatient = new Limits(64 * 1024, 2, Duration.ofMillis(100), Duration.ofHours(1));
        try (FilterLogEvidence evidence = listen(NetworkNamespace.current(), anyPort(), impatient, seen::add);
                Socket slow = connect(evidence);
                Socket quiet = connect(evidence)) {
            write(slow, OURS_TCP);

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
            write(quiet, OURS_TCP + "\n");
            await().until(() -> seen.size() == 1);
            assertThat(evidence.counts()).isEqualTo(new FilterLogCounts(2, 1, 0, 0, 1, 0, 0));
        }
    }

    @Test
    void connection_thatSaysNothing_isClosed() throws Exception {
        Limits brief = new Limits(64 * 1024, 2, Duration.ofMinutes(1), Duration.ofMillis(100));
        try (FilterLogEvidence evidence = listen(NetworkNamespace.current(), anyPort(), brief, seen::add);
                Socket quiet = connect(evidence)) {
            assertThat(quiet.getInputStream().read()).isEqualTo(-1);
            assertThat(evidence.counts().lines()).isZero();
        }
    }

    @Test
    void portThatIsTaken_isAnErrorInPlainWords() throws Exception {
        try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(ROUTER, 0));
                ServerSocket tcp = new ServerSocket(0, 1, ROUTER)) {
            assertThatThrownBy(() -> listen(new InetSocketAddress(ROUTER, udp.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("UDP port " + udp.getLocalPort() + " of 127.0.0.1 is taken");
            assertThatThrownBy(() -> listen(new InetSocketAddress(ROUTER, tcp.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TCP port " + tcp.getLocalPort() + " of 127.0.0.1 is taken");
        }
    }

    @Test
    void addressOrNamespaceThatIsNotThere_isAnErrorInPlainWords() {
        assertThatThrownBy(() -> listen(new InetSocketAddress("192.0.2.1", 5514)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1 is no address of this machine");
        assertThatThrownBy(() -> listen(NetworkNamespace.named("fkfl-missing"), anyPort(), FEW, seen::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fkfl-missing");
        assertThat(SyslogSockets.why(
                        new SocketException("Permission denied"), new InetSocketAddress(ROUTER, 514), "UDP"))
                .contains("UDP port 514 of 127.0.0.1 may not be bound");
        assertThat(SyslogSockets.why(new BindException("Odd"), new InetSocketAddress(ROUTER, 514), "TCP"))
                .isEqualTo("TCP port 514 of 127.0.0.1: Odd");
    }

    @Test
    void listener_whoseSocketFails_saysThatItEnded() throws Exception {
        SyslogSockets sockets = SyslogSockets.open(NetworkNamespace.current(), anyPort(), FEW);
        AttemptOutlet outlet = new AttemptOutlet(() -> rules, FilterLogEvidenceTest::routersOwn, seen::add);
        try (FilterLogEvidence evidence =
                FilterLogEvidence.over(sockets, NetworkNamespace.current(), SENDERS, outlet, FEW)) {
            send(evidence, OURS_TCP);
            await().until(() -> seen.size() == 1);
            sockets.datagrams().close();

            await().until(() -> seen.size() == 2);
            assertThat(seen.getLast()).isInstanceOfSatisfying(Ended.class, ended -> {
                assertThat(ended.source()).isEqualTo(EvidenceSource.REFUSALS);
                assertThat(ended.reason()).contains("a socket was closed");
            });
        }
    }

    @Test
    void consumerThatThrows_endsTheListener_whichSaysSo() throws Exception {
        try (FilterLogEvidence evidence = listen(NetworkNamespace.current(), anyPort(), FEW, event -> {
            seen.add(event);
            if (event instanceof Refused) {
                throw new IllegalStateException("the consumer is broken");
            }
        })) {
            send(evidence, OURS_TCP);

            await().until(() -> seen.size() == 2);
            assertThat(((Ended) seen.getLast()).reason()).contains("the consumer is broken");
        }
    }

    @Test
    void close_endsPromptly_leavesNoThread_andFreesThePort() throws Exception {
        FilterLogEvidence evidence = listen();
        try (Socket open = connect(evidence)) {
            write(open, OURS_TCP + "\n");
            await().until(() -> seen.size() == 1);

            evidence.close();
        }

        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .noneMatch(name -> name.equals("evidence filterlog"));
        assertThat(seen).hasSize(1);
        listen(evidence.address()).close();
    }

    private static String content(String rule, String destination, int port) {
        return "5,,," + rule + ",em1,match,block,in,4,0x0,,64,17522,0,DF,6,tcp,60,192.168.1.50," + destination
                + ",40000," + port + ",0,S,1960648610,,64240,,mss;sackOK;TS;nop;wscale";
    }

    private static String modern(Instant at) {
        return "<134>1 " + at + " fw.example filterlog 70387 - [meta sequenceId=\"12\" quoted=\"] \\\"\"] ";
    }

    private static boolean routersOwn(InetAddress address) {
        return address.equals(Addresses.parse("192.168.1.1"));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(ROUTER, 0);
    }

    private FilterLogEvidence listen() throws Exception {
        return listen(anyPort());
    }

    private FilterLogEvidence listen(InetSocketAddress address) throws Exception {
        return FilterLogEvidence.open(
                NetworkNamespace.current(),
                address,
                SENDERS,
                () -> rules,
                FilterLogEvidenceTest::routersOwn,
                seen::add);
    }

    private FilterLogEvidence listen(
            NetworkNamespace namespace, InetSocketAddress address, Limits limits, Consumer<EvidenceEvent> consumer)
            throws Exception {
        AttemptOutlet outlet = new AttemptOutlet(() -> rules, FilterLogEvidenceTest::routersOwn, consumer);
        return FilterLogEvidence.open(namespace, address, SENDERS, outlet, limits);
    }

    private static Socket connect(FilterLogEvidence evidence) throws IOException {
        return new Socket(ROUTER, evidence.address().getPort());
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream stream = socket.getOutputStream();
        stream.write(text.getBytes(StandardCharsets.ISO_8859_1));
        stream.flush();
    }

    private static void send(FilterLogEvidence evidence, String text) throws IOException {
        try (DatagramSocket router = new DatagramSocket(new InetSocketAddress(ROUTER, 0))) {
            router.send(packet(evidence, text));
        }
    }

    private static DatagramPacket packet(FilterLogEvidence evidence, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return new DatagramPacket(octets, octets.length, evidence.address());
    }

    private Refused refused(int place) {
        return (Refused) seen.get(place);
    }

    private long lost() {
        return Stream.of(seen.toArray(EvidenceEvent[]::new))
                .mapToLong(event -> event instanceof Lost lost ? lost.events() : 0)
                .sum();
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
