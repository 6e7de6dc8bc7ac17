package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.evidence.Wire.ORDER;
import static org.funkstille.evidence.Wire.attribute;
import static org.funkstille.evidence.Wire.hex;
import static org.funkstille.evidence.Wire.join;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent.FlowBegan;
import org.funkstille.core.evidence.EvidenceEvent.FlowEnded;
import org.funkstille.core.evidence.EvidenceEvent.NameResolved;
import org.funkstille.core.evidence.EvidenceEvent.NeighbourSeen;
import org.funkstille.core.evidence.EvidenceEvent.Refused;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.Test;

class DecodersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InetAddress DEVICE = Addresses.parse("192.168.20.50");
    private static final InetAddress OUTSIDE = Addresses.parse("192.0.2.1");
    private static final Mac MAC = Mac.parse("78:11:dc:12:34:56");

    @Test
    void refusal_ofUdp_hasAllFields() {
        assertThat(refusal(Wire.logged(Wire.udp4(40000, 8053, new byte[4]))))
                .isEqualTo(Decoded.of(new Refused(
                        NOW,
                        Optional.of(MAC),
                        DEVICE,
                        40000,
                        new Endpoint(OUTSIDE, Protocol.UDP, 8053),
                        Optional.empty(),
                        true)));
    }

    @Test
    void refusal_withOutputInterfaceAndTime_isNotToRouter() {
        byte[] time = attribute(3, hex("000000006b0414f2 0000000000034213"));

        Refused refused = seen(Refused.class, refusal(Wire.logged(udp(), attribute(5, hex("00000002")), time)));

        assertThat(refused.toRouter()).isFalse();
        assertThat(refused.at()).isEqualTo(Instant.ofEpochSecond(0x6b0414f2L, 0x34213 * 1_000L));
    }

    @Test
    void refusal_ofDnsQuery_hasTheNameInLowerCase() {
        byte[] packet = Wire.udp4(40000, 53, Wire.query("OT.io.MI.com"));

        assertThat(seen(Refused.class, refusal(Wire.logged(packet))).query()).contains("ot.io.mi.com");
    }

    @Test
    void refusal_ofIpv6BehindExtensionHeaders_hasPorts() {
        byte[] udp = hex("9c400035 0008 0000");
        byte[] hopByHop = hex("2c00 010400000000");
        byte[] firstFragment = hex("1100 0001 00000007");

        Refused refused = seen(Refused.class, refusal(Wire.logged(Wire.ipv6(0, join(hopByHop, firstFragment, udp)))));

        assertThat(refused.destination()).isEqualTo(new Endpoint(Addresses.parse("2001:db8::1"), Protocol.UDP, 53));
        assertThat(refused.sourcePort()).isEqualTo(40000);
    }

    @Test
    void refusal_ofLaterFragment_hasNoPorts() {
        byte[] fragment = join(hex("1100 0009 00000007"), hex("9c4000350008"));

        Refused refused = seen(Refused.class, refusal(Wire.logged(Wire.ipv6(44, fragment))));

        assertThat(refused.destination().protocol()).isEqualTo(Protocol.UDP);
        assertThat(refused.destination().port()).isZero();
    }

    @Test
    void refusal_withZeroHardwareAddress_hasNone() {
        byte[] body = join(hex("02000005"), attribute(8, hex("00060000 000000000000 0000")), attribute(9, udp()));

        assertThat(seen(Refused.class, refusal(body)).mac()).isEmpty();
    }

    @Test
    void dnsAnswer_throughAlias_isNamedAsAsked() {
        assertThat(answer(Wire.answer()))
                .isEqualTo(Decoded.of(new NameResolved(
                        NOW,
                        "de.ot.io.mi.com",
                        List.of(Addresses.parse("192.0.2.7"), Addresses.parse("2001:db8::7")))));
    }

    @Test
    void dnsAnswer_ofAnotherName_isNotAttributed() {
        byte[] stray = Wire.dns(
                0x8180,
                1,
                Wire.name("asked.example"),
                hex("00010001"),
                Wire.resource(Wire.name("other.example"), 1, hex("c0000207")));

        assertThat(answer(stray)).isEqualTo(Decoded.NOTHING);
    }

    @Test
    void dnsAnswer_withPointerLoop_isRefused() {
        assertThat(answer(Wire.dns(0x8180, 1, hex("c00c00010001")))).isEqualTo(Decoded.MALFORMED);
        assertThat(answer(Wire.dns(0x8180, 1, hex("0161c00c00010001")))).isEqualTo(Decoded.MALFORMED);
        assertThat(answer(Wire.dns(0x8180, 1, hex("c00e c00c 00010001")))).isEqualTo(Decoded.MALFORMED);
    }

    @Test
    void dnsAnswer_withAliasLoop_hasNoAddress() {
        byte[] loop = Wire.dns(
                0x8180,
                2,
                Wire.name("a.example"),
                hex("00010001"),
                Wire.resource(Wire.name("a.example"), 5, Wire.name("b.example")),
                Wire.resource(Wire.name("b.example"), 5, Wire.name("a.example")));

        assertThat(answer(loop)).isEqualTo(Decoded.NOTHING);
    }

    @Test
    void dnsName_withTerminalEscapes_isHarmless() {
        Optional<DnsName> name = DnsName.decode(Octets.of(Wire.name("\u001b[31m evil\\.\u00ff")), 0);

        assertThat(name).map(DnsName::text).contains("\\027\\09131m\\032evil\\092.\\255");
    }

    @Test
    void dnsName_longerThan255Octets_isRefused() {
        String label = "a".repeat(63) + ".";

        assertThat(DnsName.decode(Octets.of(Wire.name(label.repeat(4) + "b")), 0))
                .isEmpty();
        assertThat(DnsName.decode(Octets.of(Wire.name(label.repeat(3) + "a".repeat(61))), 0))
                .isPresent();
    }

    @Test
    void conntrack_newAndDestroy_haveKeyAndCounts() {
        FlowKey key = new FlowKey(0x80000001L, DEVICE, 40000, new Endpoint(OUTSIDE, Protocol.UDP, 8053));

        assertThat(ConntrackMessage.decode(ConntrackMessage.NEW, Octets.of(Wire.conntrack()), ORDER, NOW))
                .isEqualTo(Decoded.of(new FlowBegan(NOW, key)));
        assertThat(ConntrackMessage.decode(ConntrackMessage.DELETE, Octets.of(Wire.conntrack()), ORDER, NOW))
                .isEqualTo(Decoded.of(new FlowEnded(NOW, key, new Traffic(3, 300, 2, 200))));
    }

    @Test
    void neighbour_confirmed_isSeen_failedIsNot() {
        assertThat(neighbour("0400")).isEqualTo(Decoded.of(new NeighbourSeen(NOW, MAC, DEVICE)));
        assertThat(neighbour("2000")).isEqualTo(Decoded.NOTHING);
    }

    @Test
    void attributes_withLengthsThatLie_areMalformed() {
        for (String lie : List.of("00000900", "03000900", "ffff0900", "05000900")) {
            byte[] body = join(hex("02000005"), hex(lie));

            assertThat(refusal(body)).as(lie).isEqualTo(Decoded.MALFORMED);
            assertThat(ConntrackMessage.decode(ConntrackMessage.NEW, Octets.of(body), ORDER, NOW))
                    .as(lie)
                    .isEqualTo(Decoded.MALFORMED);
        }
    }

    private static byte[] udp() {
        return Wire.udp4(40000, 8053, new byte[4]);
    }

    private static Decoded refusal(byte[] body) {
        return LoggedPacket.decode(Octets.of(body), ORDER, NOW)
                .map(PacketReading.REFUSAL::read)
                .orElse(Decoded.MALFORMED);
    }

    private static Decoded answer(byte[] message) {
        return LoggedPacket.decode(Octets.of(Wire.logged(Wire.udp4(53, 40000, message))), ORDER, NOW)
                .map(PacketReading.DNS_ANSWER::read)
                .orElse(Decoded.MALFORMED);
    }

    private static Decoded neighbour(String state) {
        return NeighbourMessage.decode(NeighbourMessage.NEW, Octets.of(Wire.neighbour(state)), ORDER, NOW);
    }

    private static <T> T seen(Class<T> type, Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Seen.class);
        return type.cast(((Decoded.Seen) decoded).event());
    }
}
