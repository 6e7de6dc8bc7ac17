package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceEvent.FlowBegan;
import org.funkstille.core.evidence.EvidenceEvent.FlowEnded;
import org.funkstille.core.evidence.EvidenceEvent.NeighbourSeen;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.core.evidence.EvidenceEvent.RulesChanged;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.Test;

/** What the programs printed in a network namespace: conntrack 1.4.7, iproute2, nft 1.0.6, tcpdump. */
class TextReadersTest {

    static final String NEW_UDP6 = "[1795429618.213703]\t    [NEW] udp      17 30 src=fd09::2 dst=fd09::1 sport=57528"
            + " dport=1234 [UNREPLIED] src=fd09::1 dst=fd09::2 sport=1234 dport=57528 id=3219360841";
    static final String DESTROY_ICMP = "[1795429619.219290]\t[DESTROY] icmp     1 28 src=10.9.0.2 dst=10.9.0.1 type=8"
            + " code=0 id=15230 packets=1 bytes=84 src=10.9.0.1 dst=10.9.0.2 type=0 code=0 id=15230 packets=2 bytes=85"
            + " id=250725002 [USERSPACE] portid=15234 progname=conntrack";
    static final String NEIGHBOUR = "fd09::2 dev v0 lladdr 6a:cc:06:dd:97:c2 router STALE ";

    /** One UDP packet to port 9999 of the router, refused. */
    static final byte[] CAPTURE = Wire.hex("d4c3b2a1020004000000000000000000"
            + "00000400ef000000f314046b415e0300"
            + "88000000880000000200000508000100"
            + "0800010006000a007800000008000400"
            + "0000000210000800000600006acc06dd"
            + "97c2000006000f000001000006001100"
            + "000e000012001000ee91ea6081d86acc"
            + "06dd97c2080000001400030000000000"
            + "6b0414f2000000000003421323000900"
            + "4500001f94be4000401191fb0a090002"
            + "0a090001ad2c270f000b143168690a00");

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    @Test
    void conntrackLines_ofBothFamilies_becomeFlows() {
        List<EvidenceEvent> events = new ArrayList<>();

        new ConntrackTextReader(events::add, CLOCK).read(stream(NEW_UDP6 + "\n" + DESTROY_ICMP + "\n"));

        assertThat(events)
                .containsExactly(
                        new FlowBegan(
                                Instant.ofEpochSecond(1795429618, 213_703_000),
                                new FlowKey(
                                        3219360841L,
                                        Addresses.parse("fd09::2"),
                                        57528,
                                        new Endpoint(Addresses.parse("fd09::1"), Protocol.UDP, 1234))),
                        new FlowEnded(
                                Instant.ofEpochSecond(1795429619, 219_290_000),
                                new FlowKey(
                                        250725002,
                                        Addresses.parse("10.9.0.2"),
                                        0,
                                        new Endpoint(Addresses.parse("10.9.0.1"), Protocol.ICMP, 0)),
                                new Traffic(1, 84, 2, 85)),
                        new Ended(NOW, EvidenceSource.FLOWS, "the router's output ended"));
    }

    @Test
    void neighbourLines_areSeenWhenConfirmed() {
        List<EvidenceEvent> events = new ArrayList<>();
        NeighbourTextReader reader = new NeighbourTextReader(events::add, CLOCK);

        reader.read(stream(NEIGHBOUR + "\nDeleted 10.9.0.3 dev v0 lladdr 6a:cc:06:dd:97:c2 STALE\n"
                + "10.9.0.4 dev v0 FAILED \nnonsense here\n" + "x".repeat(5_000) + "\n"));

        assertThat(events)
                .startsWith(new NeighbourSeen(NOW, Mac.parse("6a:cc:06:dd:97:c2"), Addresses.parse("fd09::2")))
                .hasSize(2);
        assertThat(reader.counts()).isEqualTo(new EvidenceCounts(1, 2, 0));
    }

    @Test
    void ruleLines_becomeOneChangeForEachGeneration() {
        List<EvidenceEvent> events = new ArrayList<>();

        new RuleChangeTextReader(events::add, CLOCK).read(stream("""
                        add rule inet t i tcp dport 1 drop
                        add rule inet t i tcp dport 2 drop
                        # new generation 6 by process 15235 (nft)
                        """));

        assertThat(events).hasSize(2).startsWith(new RulesChanged(NOW));
    }

    @Test
    void capture_ofRefusedPacket_becomesRefusal() {
        List<EvidenceEvent> events = new ArrayList<>();

        new NflogPcapReader(EvidenceSource.REFUSALS, events::add, CLOCK).read(new ByteArrayInputStream(CAPTURE));

        assertThat(events)
                .containsExactly(
                        new Refused(
                                Instant.ofEpochSecond(0x6b0414f2L, 0x34213 * 1_000L),
                                Optional.of(Mac.parse("6a:cc:06:dd:97:c2")),
                                Addresses.parse("10.9.0.2"),
                                0xad2c,
                                new Endpoint(Addresses.parse("10.9.0.1"), Protocol.UDP, 9999),
                                Optional.empty(),
                                true),
                        new Ended(NOW, EvidenceSource.REFUSALS, "the capture ended"));
    }

    @Test
    void capture_ofAnotherLinkType_saysSo() {
        byte[] ethernet = CAPTURE.clone();
        ethernet[20] = 1;
        List<EvidenceEvent> events = new ArrayList<>();

        new NflogPcapReader(EvidenceSource.REFUSALS, events::add, CLOCK).read(new ByteArrayInputStream(ethernet));

        assertThat(events)
                .containsExactly(new Ended(NOW, EvidenceSource.REFUSALS, "the capture has link type 1, not 239"));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
