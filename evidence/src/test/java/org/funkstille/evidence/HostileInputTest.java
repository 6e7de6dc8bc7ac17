package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.Ended;
import org.funkstille.core.evidence.EvidenceSource;
import org.junit.jupiter.api.Test;

/** Decoders never throw: not on any beginning of a message, and not on messages with random damage. */
class HostileInputTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MUTATIONS = 50_000;

    @FunctionalInterface
    private interface Decoder {
        Decoded decode(byte[] octets);
    }

    private static final class Case {

        private final Decoder decoder;
        private final byte[] whole;

        Case(Decoder decoder, byte[] whole) {
            this.decoder = decoder;
            this.whole = whole;
        }

        Decoder decoder() {
            return decoder;
        }

        byte[] whole() {
            return whole;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    octets -> packet(octets, PacketReading.REFUSAL), logged(Wire.udp4(4, 53, Wire.query("a.example")))),
            new Case(
                    octets -> packet(octets, PacketReading.REFUSAL),
                    logged(Wire.ipv6(
                            0,
                            Wire.join(
                                    Wire.hex("2c00010400000000 3300000100000007 1101000000000000"),
                                    Wire.hex("00000000 9c400035 0020 0000"),
                                    Wire.query("b.example"))))),
            new Case(octets -> packet(octets, PacketReading.DNS_ANSWER), logged(Wire.udp4(53, 4, Wire.answer()))),
            new Case(
                    octets -> ConntrackMessage.decode(ConntrackMessage.DELETE, Octets.of(octets), Wire.ORDER, NOW),
                    Wire.conntrack()),
            new Case(
                    octets -> NeighbourMessage.decode(NeighbourMessage.NEW, Octets.of(octets), Wire.ORDER, NOW),
                    Wire.neighbour("0400")),
            new Case(
                    octets -> DnsMessage.decode(Octets.of(octets)).isPresent() ? Decoded.NOTHING : Decoded.MALFORMED,
                    Wire.answer()));

    @Test
    void everyBeginning_ofEveryMessage_isDecodedOrSkipped() {
        for (Case each : CASES) {
            for (int length = 0; length <= each.whole().length; length++) {
                assertThat(each.decoder().decode(Arrays.copyOf(each.whole(), length)))
                        .isNotNull();
            }
        }
    }

    @Test
    void everyOctet_setToExtremes_isDecodedOrSkipped() {
        for (Case each : CASES) {
            for (int at = 0; at < each.whole().length; at++) {
                for (int value : new int[] {0x00, 0x01, 0x3f, 0x7f, 0x80, 0xc0, 0xff}) {
                    byte[] damaged = each.whole().clone();
                    damaged[at] = (byte) value;
                    assertThat(each.decoder().decode(damaged)).isNotNull();
                }
            }
        }
    }

    @Test
    void randomDamage_neverThrows() {
        Random random = new Random(20260101);
        for (Case each : CASES) {
            for (int count = 0; count < MUTATIONS; count++) {
                byte[] damaged = Arrays.copyOf(
                        each.whole(),
                        each.whole().length - random.nextInt(4) * random.nextInt(each.whole().length / 4));
                for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                each.decoder().decode(damaged);
            }
        }
    }

    @Test
    void randomDamage_ofLines_neverThrows() {
        Random random = new Random(20260102);
        List<String> lines = List.of(TextReadersTest.DESTROY_ICMP, TextReadersTest.NEW_UDP6, TextReadersTest.NEIGHBOUR);
        String alphabet = "0123456789abcdef:.=[] -\u0000\u00e9%";
        for (int count = 0; count < MUTATIONS; count++) {
            StringBuilder line = new StringBuilder(lines.get(count % lines.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                line.setCharAt(random.nextInt(line.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            line.setLength(line.length() - random.nextInt(2) * random.nextInt(line.length()));
            ConntrackTextReader.decode(line.toString(), NOW);
            NeighbourTextReader.decode(line.toString(), NOW);
            RuleChangeTextReader.decode(line.toString(), NOW);
        }
    }

    @Test
    void randomDamage_ofCaptures_endsInAnOrderlyWay() {
        Random random = new Random(20260103);
        for (int count = 0; count < 20_000; count++) {
            byte[] damaged =
                    Arrays.copyOf(TextReadersTest.CAPTURE, TextReadersTest.CAPTURE.length - random.nextInt(40));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            List<EvidenceEvent> events = new ArrayList<>();

            new NflogPcapReader(EvidenceSource.REFUSALS, events::add, InstantSource.fixed(NOW))
                    .read(new ByteArrayInputStream(damaged));

            assertThat(events.getLast()).isInstanceOf(Ended.class);
        }
    }

    private static byte[] logged(byte[] packet) {
        return Wire.logged(
                packet,
                Wire.attribute(12, Wire.hex("00000007")),
                Wire.attribute(3, Wire.hex("000000006b0414f2 0000000000034213")));
    }

    private static Decoded packet(byte[] octets, PacketReading reading) {
        return LoggedPacket.decode(Octets.of(octets), Wire.ORDER, NOW)
                .map(reading::read)
                .orElse(Decoded.MALFORMED);
    }
}
