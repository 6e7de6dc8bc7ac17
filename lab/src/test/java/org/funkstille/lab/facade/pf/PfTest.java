package org.funkstille.lab.facade.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.kernel.Command;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.pf.PfRule.Direction;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.read.pf.PfReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** pf's rules, tables, states and log, with real packets. */
@Timeout(60)
class PfTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration BRIEF = Duration.ofSeconds(2);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, 80);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, 80);
    private static final String HUB = "192.168.1.10";

    private static @Nullable Lab shared;
    private static @Nullable Pf running;
    private static final BoxClock CLOCK = new BoxClock(ZoneId.of("Europe/Berlin"));

    @BeforeAll
    static void takeOver() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        Lab lab = Lab.up("pf-" + ProcessHandle.current().pid());
        shared = lab;
        running = Pf.takeOver(lab.router().host(), CLOCK, "router.test");
    }

    @AfterAll
    static void end() throws Exception {
        CLOCK.close();
        if (running != null) {
            running.close();
        }
        if (shared != null) {
            shared.close();
        }
    }

    private static Lab lab() {
        return Objects.requireNonNull(shared);
    }

    private static Pf pf() {
        return Objects.requireNonNull(running);
    }

    @BeforeEach
    void allPasses() throws Exception {
        pf().load(SampleRules.with(List.of(), true));
        pf().tables().replace("device", List.of());
    }

    @Test
    void whatTheRulesPassReachesTheCloudAndWhatTheyBlockDoesNot() throws Exception {
        assertThat(reachesCloud(Family.IPV4, PATIENCE)).isTrue();
        assertThat(reachesCloud(Family.IPV6, PATIENCE)).isTrue();
        pf().load(SampleRules.with(List.of(SampleRules.blockDevice().build()), true));
        device();
        pf().states().flush();
        lab().cloud().clear();
        assertThat(reachesCloud(Family.IPV4, BRIEF)).isFalse();
        assertThat(reachesCloud(Family.IPV6, PATIENCE))
                .as("its IPv6 addresses are not in the table")
                .isTrue();
        assertThat(counters("device blocked").packets()).isPositive();
    }

    @Test
    void theLastRuleThatMatchesDecidesUnlessOneIsQuick() throws Exception {
        PfRule slow = PfRule.block(Direction.IN)
                .on("iot0")
                .protocols("udp")
                .label("slow")
                .build();
        pf().load(SampleRules.with(List.of(slow), true));
        pf().states().flush();
        lab().cloud().clear();
        assertThat(reachesCloud(Family.IPV4, PATIENCE))
                .as("a later rule passes")
                .isTrue();
        await().atMost(PATIENCE).until(() -> counters("slow").evaluations() > 0);
        assertThat(counters("slow").packets()).isZero();
        PfRule quick = PfRule.blockReturn(Direction.IN)
                .quick()
                .on("iot0")
                .label("quick")
                .build();
        pf().load(SampleRules.with(List.of(quick), true));
        pf().states().flush();
        lab().cloud().clear();
        assertThat(reachesCloud(Family.IPV4, BRIEF)).isFalse();
        assertThat(counters("quick").packets()).isPositive();
    }

    @Test
    void anOpenFlowOutlivesANewBlockUntilItsStatesAreKilled() throws Exception {
        InetAddress device = device();
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            pf().load(SampleRules.with(List.of(SampleRules.blockDevice().build()), true));
            assertThat(transfer.awaitProgress(PATIENCE)).as("by its state").isTrue();
            assertThat(pf().states().killFrom(new Prefix(device, 32))).isGreaterThanOrEqualTo(2);
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
        }
    }

    @Test
    void aFlowOverIPv6IsSeenAndKilled() throws Exception {
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD6)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            PfState state = pf().states().list().stream()
                    .filter(one ->
                            one.destination().equals(CLOUD6) && one.received().packets() > 3)
                    .filter(one -> one.direction() == Direction.IN)
                    .findFirst()
                    .orElseThrow();
            assertThat(state.iface()).isEqualTo("iot0");
            assertThat(state.rule().orElseThrow().text()).contains("label \"iot\"");
            pf().load(SampleRules.with(
                    List.of(PfRule.block(Direction.IN)
                            .quick()
                            .on("iot0")
                            .family(Family.IPV6)
                            .build()),
                    true));
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            assertThat(pf().states().kill(one -> one.id() == state.id())).isEqualTo(2);
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
        }
    }

    @Test
    void countersGoOnAfterALoadOnlyWhereTheyAreKept() throws Exception {
        device();
        PfRule block = SampleRules.blockDevice().build();
        pf().load(SampleRules.with(List.of(block), true));
        pf().states().flush();
        await().atMost(PATIENCE).until(() -> counters("device blocked").packets() > 0);
        lab().gateway().pausePhoning();
        try {
            pf().load(SampleRules.with(List.of(block), true));
            assertThat(counters("device blocked").packets()).isPositive();
            pf().tables().replace("device", List.of());
            pf().load(SampleRules.with(List.of(block), false));
            assertThat(counters("device blocked").packets()).isZero();
        } finally {
            lab().gateway().resumePhoning();
        }
    }

    @Test
    void aRuleOfTwoFamiliesAtOnceIsRefusedWithTheWholeRuleSet() throws Exception {
        List<LoadedRule> before = pf().rules();
        PfRule impossible = PfRule.block(Direction.IN)
                .family(Family.IPV6)
                .from(PfHost.of("192.168.20.50"))
                .build();
        assertThatThrownBy(() -> pf().load(SampleRules.with(List.of(impossible), true)))
                .isInstanceOf(PfRefusal.class)
                .hasMessageContaining("rule expands to no valid combination");
        assertThat(pf().rules()).isEqualTo(before);
        assertThat(reachesCloud(Family.IPV4, PATIENCE)).isTrue();
    }

    @Test
    void entriesOfTablesExpireByTheRoutersClockAndStatesStay() throws Exception {
        InetAddress device = device();
        PfAddress.Net entry = new PfAddress.Net(new Prefix(device, 32));
        CLOCK.advance(Duration.ofMinutes(2));
        PfAddress.Net later = PfAddress.Net.tryParse("192.0.2.0/24").orElseThrow();
        pf().tables().add("device", List.of(later));
        assertThat(pf().tables().expire("device", Duration.ofMinutes(1))).isEqualTo(1);
        assertThat(pf().tables().entries("device").orElseThrow()).containsExactly(later);
        assertThat(pf().printing().table("device")).contains("   192.0.2.0/24\n");
        pf().tables().add("device", List.of(entry));
        assertThat(pf().tables().delete("device", List.of(later, later))).isEqualTo(1);
    }

    @Test
    void loggedPacketsAreSentAsSyslogInTheFormAskedFor() throws Exception {
        InetAddress hub = Addresses.parse(HUB);
        device();
        pf().load(SampleRules.with(
                List.of(SampleRules.blockDevice().log().identifier(1795423213).build()), true));
        pf().states().flush();
        try (DatagramChannel udp =
                lab().hub().host().inside(() -> DatagramChannel.open().bind(new InetSocketAddress(hub, 5514)))) {
            pf().log()
                    .sendTo(List.of(
                            new SyslogDestination(new InetSocketAddress(hub, 5514), false, SyslogFormat.pfSenseBsd())));
            assertThat(received(udp))
                    .matches("(?s)<134>[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} filterlog\\[[0-9]+\\]: "
                            + "[0-9]+,,,1795423213,iot0,match,block,in,4,0x0,,(1|64),[0-9]+,0,DF,"
                            + "(17,udp|6,tcp),[0-9]+,192\\.168\\.20\\.[0-9]+,.*");
        }
        try (ServerSocketChannel tcp =
                lab().hub().host().inside(() -> ServerSocketChannel.open().bind(new InetSocketAddress(hub, 5514)))) {
            SyslogFormat modern = new SyslogFormat(true, Optional.of("router.test"), true);
            pf().log().sendTo(List.of(new SyslogDestination(new InetSocketAddress(hub, 5514), true, modern)));
            try (ServerSocket server = tcp.socket();
                    Socket connection = server.accept();
                    InputStreamReader in = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
                StringBuilder line = new StringBuilder();
                while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
                    line.append((char) in.read());
                }
                assertThat(line)
                        .matches("<134>1 [-0-9]{10}T[0-9:.]{15}\\+0[12]:00 router.test filterlog [0-9]+ - "
                                + "\\[meta sequenceId=\"1\"\\] [0-9]+,,,1795423213,iot0,match,block,in,4,.*\n");
            }
        }
        pf().log().sendTo(List.of());
        assertThat(pf().log().lines()).last().asString().contains(" router.test filterlog[", ",1795423213,");
    }

    @Test
    void theProjectsOwnReaderReadsWhatPfctlAndTheRouterPrint() throws Exception {
        device();
        pf().load(SampleRules.with(List.of(SampleRules.blockDevice().log().build()), true));
        House house = new House(
                List.of(new House.Leg("iot", "iot0", List.of(Prefix.parse("192.168.20.0/24")))), List.of("wan0"));
        String tables = "table <device>\n" + pf().printing().table("device").orElseThrow();
        Surroundings surroundings = new Surroundings(
                house,
                Instant.now(),
                Optional.empty(),
                List.of(new SourceText("tables", tables)),
                List.of(),
                List.of());
        for (String text : List.of(
                pf().ruleset().text(), pf().printing().rules(), pf().printing().rulesWithCounters())) {
            RuleSetReading reading = new PfReader().read(List.of(new SourceText("rules", text)), surroundings);
            assertThat(Objects.requireNonNull(reading.rules().chains().get("in"))
                            .rules())
                    .as(text)
                    .hasSizeGreaterThan(5);
            assertThat(reading.rules().assumptions().toString()).doesNotContain("device");
        }
    }

    private static String received(DatagramChannel channel) throws Exception {
        channel.socket().setSoTimeout(8000);
        byte[] octets = new byte[2000];
        java.net.DatagramPacket packet = new java.net.DatagramPacket(octets, octets.length);
        channel.socket().receive(packet);
        return new String(
                ByteBuffer.wrap(octets, 0, packet.getLength()).array(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Puts the gateway's address into the table. */
    private static InetAddress device() throws Exception {
        InetAddress address = lab().gateway().address().orElseThrow();
        pf().tables().replace("device", List.of(new PfAddress.Net(new Prefix(address, 32))));
        return address;
    }

    private static PfCounters counters(String label) throws Exception {
        LoadedRule rule = pf().rules().stream()
                .filter(one -> one.rule().options().labels().contains(label))
                .findFirst()
                .orElseThrow();
        return pf().counters(rule);
    }

    /** Starts a call of the gateway's, and looks whether it comes through. */
    private static boolean reachesCloud(Family family, Duration patience) throws Exception {
        InetSocketAddress server = family == Family.IPV4 ? CLOUD : CLOUD6;
        return lab().cloud().await(arrival -> arrival.to(server.getAddress(), server.getPort()), patience);
    }

    @Test
    void commandsOfTheLabsRouterShowNoRuleOfItsOwnLinuxOwner() throws Exception {
        assertThat(lab().router().host().run(Command.of("nft", "list", "tables")))
                .contains("table inet pf", "table ip nat")
                .doesNotContain("inet filter");
    }
}
