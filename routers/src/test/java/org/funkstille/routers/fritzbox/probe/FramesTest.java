package org.funkstille.routers.fritzbox.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final Mac OURS = Mac.parse("02:00:5e:10:00:53");
    private static final Mac BOX = Mac.parse("3c:a6:2f:00:00:01");
    private static final InetAddress FOUR = Addresses.parse("192.168.178.250");
    private static final InetAddress SIX = Addresses.parse("2001:db8::1");
    private static final InetAddress CLOUD = Addresses.parse("203.0.113.7");
    private static final InetAddress CLOUD6 = Addresses.parse("2001:db8:ffff::7");

    @Test
    void anAddressIsMadeFromTheMacAsHostsDo() {
        // The example of RFC 4291, appendix A.
        assertThat(ProbeHost.ownAddress(Prefix.parse("2001:db8::/64"), Mac.parse("34:56:78:9a:bc:de")))
                .isEqualTo(Addresses.parse("2001:db8::3656:78ff:fe9a:bcde"));
    }

    @Test
    void segmentsOfBothFamiliesAreWhatTheySay() {
        assertThat(Heard.in(Frames.tcp(new Way(OURS, FOUR, BOX), 20_000, CLOUD, 443, 7, Frames.SYN)))
                .contains(new Heard.Segment(OURS, FOUR, 20_000, CLOUD, 443, 0, Frames.SYN));
        assertThat(Heard.in(Frames.udp(new Way(OURS, SIX, BOX), 20_001, CLOUD6, 53, new byte[3])))
                .contains(new Heard.Datagram(SIX, 20_001, CLOUD6, 53));
    }

    @Test
    void checksumsAddUp() {
        byte[] frame = Frames.udp(new Way(OURS, FOUR, BOX), 20_000, CLOUD, 53, new byte[] {1, 2, 3});
        assertThat(Checksum.of(Arrays.copyOfRange(frame, 14, 34), new byte[0]))
                .as("IPv4 header")
                .isZero();

        ByteBuffer pseudo = ByteBuffer.allocate(12)
                .put(FOUR.getAddress())
                .put(CLOUD.getAddress())
                .putShort((short) 17)
                .putShort((short) 11);
        assertThat(Checksum.of(pseudo.array(), Arrays.copyOfRange(frame, 34, 34 + 11)))
                .as("UDP")
                .isZero();
        // The example of RFC 1071, 3.
        assertThat(Checksum.of(HexFormat.of().parseHex("0001f203f4f5f6f7"), new byte[0]))
                .isEqualTo(~0xddf2 & 0xffff);
    }

    private static byte[] advertisement(int hops, int lifetime, String options) {
        byte[] upper =
                HexFormat.of().parseHex("86000000" + "4000" + "%04x".formatted(lifetime) + "00".repeat(8) + options);
        return ByteBuffer.allocate(14 + 40 + upper.length)
                .put(Frames.octets(OURS))
                .put(Frames.octets(BOX))
                .putShort((short) Frames.IPV6)
                .putInt(0x6000_0000)
                .putShort((short) upper.length)
                .put((byte) 58)
                .put((byte) hops)
                .put(Addresses.parse("fe80::1").getAddress())
                .put(Frames.ALL_NODES.getAddress())
                .put(upper)
                .array();
    }

    private static final String PREFIX =
            "0304" + "40" + "c0" + "00000e10" + "00000e10" + "00000000" + "20010db8000000000000000000000000";

    @Test
    void aRouterTellsItsPrefixesAndWhetherItLeadsOut() {
        Prefix prefix = Prefix.parse("2001:db8::/64");

        assertThat(Heard.in(advertisement(255, 1800, PREFIX)))
                .contains(new Heard.Advertisement(BOX, true, List.of(prefix)));
        assertThat(Heard.in(advertisement(255, 0, PREFIX)))
                .contains(new Heard.Advertisement(BOX, false, List.of(prefix)));
        assertThat(Heard.in(advertisement(64, 1800, PREFIX)))
                .as("from beyond the wire")
                .isEmpty();
        assertThat(Heard.in(advertisement(255, 1800, "0300")))
                .as("an option of length 0")
                .contains(new Heard.Advertisement(BOX, true, List.of()));
        assertThat(Heard.in(advertisement(255, 1800, PREFIX.substring(0, 40))))
                .as("cut")
                .isEmpty();
    }

    @Test
    void whateverIsOnTheWireNothingBreaks() {
        Random random = new Random(83);
        List<byte[]> seeds = List.of(
                Frames.arp(1, OURS, FOUR, new Mac(0), CLOUD, Frames.BROADCAST),
                Frames.tcp(new Way(OURS, FOUR, BOX), 1, CLOUD, 2, 3, Frames.SYN),
                Frames.echo(new Way(OURS, SIX, BOX), CLOUD6, false, ByteBuffer.wrap(new byte[8])),
                advertisement(255, 1800, PREFIX + PREFIX));
        int understood = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] frame = seeds.get(round % seeds.size()).clone();
            for (int change = 0; change < 3; change++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            understood += Heard.in(cut).isPresent() ? 1 : 0;
        }
        assertThat(understood).isGreaterThan(1000);
    }
}
