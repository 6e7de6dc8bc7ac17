package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;
import static org.funkstille.lab.guarding.GuardedLab.PINNED;
import static org.funkstille.lab.guarding.GuardedLab.VACUUM;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.time.Instant;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Status;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.network.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each policy, answer and reach lets through, and how the rest is refused. */
@Timeout(60)
class PoliciesTest {

    private static final InetAddress ROUTER = Addresses.parse("192.168.20.1");
    private static final InetAddress SERVER =
            CloudNames.resolve("www.example.com", Family.IPV4).getFirst();
    private static final InetAddress SERVER6 =
            CloudNames.resolve("www.example.com", Family.IPV6).getFirst();
    private static final Duration AT_ONCE = Duration.ofMillis(300);
    private static final int COMMANDS = 9898;
    private static final int LOCAL = 4711;

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private final Lab lab = HOME.lab();
    private final Host gateway = lab.gateway().host();

    @Test
    void rejectAnswersAtOnceInBothFamilies() throws Exception {
        HOME.silentGateway();
        assertRefused(Probe.tcp(gateway, SERVER, Cloud.TLS), Probe.Answer.REFUSED);
        assertRefused(Probe.tcp(gateway, SERVER6, Cloud.TLS), Probe.Answer.REFUSED);
        assertRefused(Probe.tcp(gateway, ROUTER, Cloud.DNS), Probe.Answer.REFUSED);
        lab.gateway().pausePhoning(); // its own calls would use up what the kernel has to say
        try {
            assertProhibited(SERVER, Cloud.MIIO_UDP);
            assertProhibited(SERVER6, Cloud.MIIO_UDP);
            assertProhibited(ROUTER, Cloud.DNS);
        } finally {
            lab.gateway().resumePhoning();
        }
    }

    /** The kernel tells one host such things about once in a second (icmp(7), icmp_ratelimit), so not every time. */
    private void assertProhibited(InetAddress address, int port) {
        Probe told = await().atMost(PATIENCE)
                .until(() -> Probe.udp(gateway, address, port), probe -> probe.answer() == Probe.Answer.PROHIBITED);
        assertThat(told.after()).isLessThan(AT_ONCE);
    }

    private static void assertRefused(Probe probe, Probe.Answer answer) {
        assertThat(probe.answer()).isEqualTo(answer);
        assertThat(probe.after()).isLessThan(AT_ONCE);
    }

    @Test
    void dropAnswersNothing() throws Exception {
        RunningGuard guard = HOME.guard(HOME.yaml().replace("answer: reject", "answer: drop"));
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        assertThat(Probe.tcp(gateway, SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.NOTHING);
        assertThat(Probe.udp(gateway, SERVER6, Cloud.MIIO_UDP).answer()).isEqualTo(Probe.Answer.NOTHING);
        assertThat(Probe.udp(gateway, ROUTER, Cloud.DNS).answer()).isEqualTo(Probe.Answer.NOTHING);
        guard.seen()
                .awaitAttempt(
                        "dropped, and kept",
                        target -> target.destination().equals(new Endpoint(SERVER, Protocol.TCP, Cloud.TLS)),
                        PATIENCE);
    }

    @Test
    void aSilentDeviceWhoseModelDoesNotWantItGetsNoAnswerToItsPing() throws Exception {
        HOME.guard(HOME.yaml().replaceAll(" *profile: lumi.gateway.v3\n", ""));
        assertThat(lab.exec("gateway", "ping", "-c", "1", "-W", "1", "192.168.20.1")
                        .ok())
                .isFalse();
    }

    @Test
    void whatReachNamesMayTalkBothWaysAndIsNoWayOut() throws Exception {
        HOME.silentGateway();
        Host hub = lab.hub().host();
        Host phone = lab.phone().host();
        try (ServerSocketChannel _ = listen(gateway);
                ServerSocketChannel _ = listen(hub);
                ServerSocketChannel _ = listen(phone)) {
            InetAddress phones = lab.phone().address().orElseThrow();
            assertThat(Probe.udp(hub, PINNED, COMMANDS).answer()).isEqualTo(Probe.Answer.ANSWERED);
            // Nobody listens for UDP there; that the hub itself says so shows that the packet came through.
            ownersLetIn(() ->
                    assertThat(Probe.udp(gateway, Hub.ADDRESS, LOCAL).answer()).isEqualTo(Probe.Answer.REFUSED));
            ownersLetIn(() ->
                    assertThat(Probe.tcp(gateway, Hub.ADDRESS, LOCAL).answer()).isEqualTo(Probe.Answer.ANSWERED));
            assertThat(Probe.tcp(hub, PINNED, LOCAL).answer()).isEqualTo(Probe.Answer.ANSWERED);
            assertThat(Probe.tcp(phone, PINNED, LOCAL).answer()).isEqualTo(Probe.Answer.ANSWERED);
            assertThat(Probe.udp(phone, PINNED, COMMANDS).answer()).isEqualTo(Probe.Answer.ANSWERED);
            ownersLetIn(
                    () -> assertThat(Probe.tcp(gateway, phones, LOCAL).answer()).isEqualTo(Probe.Answer.REFUSED));
            ownersLetIn(
                    () -> assertThat(Probe.udp(gateway, phones, LOCAL).answer()).isEqualTo(Probe.Answer.PROHIBITED));
        }
        // The hub's address is open to it in the house alone.
        HOME.router("ip", "route", "add", "203.0.113.99/32", "via", "198.51.100.1");
        assertThat(Probe.tcp(gateway, Addresses.parse("203.0.113.99"), LOCAL).answer())
                .isEqualTo(Probe.Answer.REFUSED);
    }

    @FunctionalInterface
    private interface Check {
        void run() throws Exception;
    }

    /** The owner's own rule between the networks would refuse it first: it has to be open for ours to be seen. */
    private static void ownersLetIn(Check check) throws Exception {
        HOME.nft("insert rule inet filter forward iifname \"iot0\" oifname \"lan0\" accept");
        try {
            check.run();
        } finally {
            HOME.nft("flush chain inet filter forward");
            HOME.nft("""
                    table inet filter {
                      chain forward {
                        ct state established,related accept
                        iifname { "lan0", "iot0" } oifname "wan0" accept
                        iifname "lan0" oifname "iot0" accept
                        iifname "iot0" oifname "lan0" drop
                      }
                    }
                    """);
        }
    }

    private static ServerSocketChannel listen(Host host) throws Exception {
        return host.inside(() -> ServerSocketChannel.open().bind(new InetSocketAddress(LOCAL)));
    }

    @Test
    void anAllowListOpensWhatItNamesAndNothingElse() throws Exception {
        String yaml = HOME.yaml()
                .replace("policy: silent", "policy: allow-list")
                .replace(
                        "    reach: [hub]",
                        "    reach: [hub]\n    allow:\n      - \"tcp 203.0.113.10:443\"\n"
                                + "      - \"tcp [2001:db8:c10d::1]:443\"");
        RunningGuard guard = HOME.guard(yaml);
        HOME.pinGateway();
        lab.cloud().clear();
        Instant from = Instant.now().plusMillis(200);
        assertThat(Probe.tcp(gateway, SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
        assertThat(Probe.tcp(gateway, SERVER6, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
        assertThat(Probe.tcp(gateway, SERVER, Cloud.MIIO_TCP).answer()).isEqualTo(Probe.Answer.REFUSED);
        assertThat(Probe.udp(gateway, SERVER, Cloud.MIIO_UDP).answer()).isNotEqualTo(Probe.Answer.ANSWERED);
        assertThat(Probe.tcp(gateway, CloudNames.BARE_TCP, Cloud.TLS).answer()).isEqualTo(Probe.Answer.REFUSED);
        assertThat(lab.exec("gateway", "getent", "ahostsv4", "www.example.com").ok())
                .isTrue();
        guard.seen().awaitMoreAttempts(GATEWAY, 10, PATIENCE);
        assertThat(lab.cloud().arrivals()).noneMatch(GatewayCalls::includes);
        assertThat(guard.seen().flows(GATEWAY))
                .filteredOn(flow -> flow.outside() && flow.began().isAfter(from))
                .allMatch(flow -> flow.destination().port() == Cloud.TLS
                        || flow.destination().port() == Cloud.DNS);
        guard.guard().look("test");
        guard.seen().awaitVerdict(GATEWAY, Status.ALLOW_LIST, PATIENCE);
    }

    @Test
    void anOnlineDeviceMayGoOutButNotIntoOtherNetworks() throws Exception {
        RunningGuard guard = HOME.guard(HOME.yaml());
        Host vacuum = lab.vacuum().host();
        await().atMost(PATIENCE).until(() -> lab.vacuum().address().isPresent());
        try (ServerSocketChannel _ = listen(lab.phone().host())) {
            InetAddress phones = lab.phone().address().orElseThrow();
            assertThat(Probe.tcp(vacuum, SERVER, Cloud.TLS).answer()).isEqualTo(Probe.Answer.ANSWERED);
            ownersLetIn(
                    () -> assertThat(Probe.tcp(vacuum, phones, LOCAL).answer()).isEqualTo(Probe.Answer.REFUSED));
            guard.seen()
                    .awaitAttempt(
                            "of the vacuum, into the LAN",
                            target -> target.device().equals(VACUUM)
                                    && target.destination().equals(new Endpoint(phones, Protocol.TCP, LOCAL)),
                            PATIENCE);
        }
        guard.seen().awaitVerdict(VACUUM, Status.ONLINE, PATIENCE);
    }
}
