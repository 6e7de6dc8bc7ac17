package org.funkstille.evidence.filterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.evidence.filterlog.FilterLogLine.Action;
import org.funkstille.evidence.filterlog.SampleLines.Sample;
import org.junit.jupiter.api.Test;

class FilterLogLineTest {

    private static final int MUTATIONS = 40_000;

    private final SyslogHead head = new SyslogHead();
    private final FilterLogLine line = new FilterLogLine();

    @Test
    void publicLines_areRead() {
        for (Sample sample : SampleLines.ALL) {
            assertThat(read(sample.octets())).as(sample.line()).isTrue();

            assertThat(line.rule()).isEqualTo(sample.rule());
            assertThat(line.pfAction()).isEqualTo(Action.BLOCK);
            assertThat(line.source()).isEqualTo(Addresses.parse(sample.source()));
            assertThat(line.sourcePort()).isEqualTo(sample.sourcePort());
            assertThat(line.destination())
                    .isEqualTo(new Endpoint(
                            Addresses.parse(sample.destination()),
                            new Protocol(sample.protocol()),
                            sample.destinationPort()));
        }
    }

    @Test
    void emptyFields_areKept() {
        assertThat(read(SampleLines.TCP.octets())).isTrue();

        assertThat(line.fields()).isEqualTo(29);
        assertThat(line.text(1)).isEmpty();
        assertThat(line.text(FilterLogLine.INTERFACE)).isEqualTo("vtnet1");
        assertThat(line.text(FilterLogLine.REASON)).isEqualTo("match");
        assertThat(line.text(line.transportField() + 3)).isEqualTo("S");
        assertThat(line.text(28)).isEqualTo("mss;sackOK;TS;nop;wscale");

        assertThat(read(SampleLines.ICMP6_OLD_SUBRULE.octets())).isTrue();
        assertThat(line.text(1)).isEqualTo("16777216");
        assertThat(line.text(line.transportField())).isEmpty();
    }

    @Test
    void laterFragment_andOtherProtocols_haveNoPorts() {
        assertThat(readContent("5,,,77,em1,match,block,in,4,0x0,,64,4711,1480,none,17,udp,48,192.0.2.1,192.0.2.2,"))
                .isTrue();
        assertThat(line.destinationPort()).isZero();
        assertThat(readContent(
                        "5,,,77,em1,match,block,in,4,0x0,,64,1,0,DF,132,sctp,48,192.0.2.1,192.0.2.2,5000,5001,36"))
                .isTrue();
        assertThat(line.destinationPort()).isEqualTo(5001);
        assertThat(readContent(
                        "5,,,77,em1,match,block,in,4,0x0,,64,1,0,DF,132,sctp,48,192.0.2.1,192.0.2.2,datalength=28"))
                .isTrue();
        assertThat(line.destinationPort()).isZero();
    }

    @Test
    void packetShorterThanItSays_isReadAllTheSame() {
        assertThat(readContent("5,,,77,em1,match,block,in,4,truncated-ip=1500,0x0,,64,1,0,DF,17,udp,1500,"
                        + "192.0.2.1,192.0.2.2,40000,53,1480"))
                .isTrue();
        assertThat(line.destinationPort()).isEqualTo(53);
        assertThat(readContent("5,,,77,em1,match,block,in,6,error='truncated-ip6 - 9 bytes missing!',0x00,0x00000,64,"
                        + "UDP,17,50,2001:db8::1,2001:db8::2,40000,53,50"))
                .isTrue();
        assertThat(line.destinationPort()).isEqualTo(53);
    }

    @Test
    void whatTheRouterCouldNotRead_isNotBelieved() {
        assertThat(readContent("5,,,77,em1,match,block,in,4,truncated-ip=3")).isFalse();
        assertThat(readContent("[|pflog]")).isFalse();
        assertThat(readContent("5,,,77,em1,match,block,in,4,[|ip],")).isFalse();
        assertThat(readContent("5,,,77,em1,match,block,in,4,0x0,,64,1,0,DF,6,tcp,40,192.0.2.1,192.0.2.2,"
                        + "errormsg='tcp 20 [bad hdr length 0 - too short < 20]',"))
                .isFalse();
        assertThat(readContent("5,,,77,em1,match,block,in,4,0x0,,64,1,0,DF,6,tcp,40,192.0.2.1,192.0.2.2,1,65536,0,S"))
                .isFalse();
        assertThat(readContent("5,,,77,em1,match,block,in,4,0x0,,64,1,0,DF,6,tcp,40,192.0.2.1,2001:db8::1,1,2,0,S"))
                .isFalse();
        assertThat(readContent("5,,,77,em1,match,block,in,5,0x0,,64,1,0,DF,6,tcp,40,192.0.2.1,192.0.2.2,1,2,0,S"))
                .isFalse();
    }

    @Test
    void cutLine_isEitherNotBelieved_orSaysTheSame() {
        for (Sample sample : SampleLines.ALL) {
            byte[] whole = sample.octets();
            for (int length = 0; length < whole.length; length++) {
                if (read(Arrays.copyOf(whole, length))) {
                    assertThat(line.rule()).isEqualTo(sample.rule());
                    assertThat(line.source()).isEqualTo(Addresses.parse(sample.source()));
                    assertThat(line.sourcePort()).isEqualTo(sample.sourcePort());
                    assertThat(line.destination().address()).isEqualTo(Addresses.parse(sample.destination()));
                    assertThat(line.destinationPort()).isEqualTo(sample.destinationPort());
                }
            }
        }
    }

    @Test
    void damagedLine_saysWhatAPlainReadingOfItSays() {
        Random random = new Random(20261123);
        String alphabet = "0123456789abcdef:.,,,,tuio /\u0000\u00e9-";
        int believed = 0;
        for (int count = 0; count < MUTATIONS; count++) {
            Sample sample = SampleLines.ALL.get(count % SampleLines.ALL.size());
            byte[] whole = sample.octets();
            assertThat(head.read(whole, 0, whole.length)).isTrue();
            byte[] content = Arrays.copyOfRange(whole, head.content(), whole.length);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                content[random.nextInt(content.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            content = Arrays.copyOf(content, content.length - random.nextInt(2) * random.nextInt(content.length));

            Optional<PlainReading> plain = PlainReading.of(content);

            assertThat(line.read(content, 0, content.length))
                    .as(new String(content, StandardCharsets.ISO_8859_1))
                    .isEqualTo(plain.isPresent());
            if (plain.isPresent()) {
                believed++;
                assertThat(new PlainReading(
                                line.rule(),
                                line.text(FilterLogLine.ACTION),
                                line.source(),
                                line.sourcePort(),
                                line.destination()))
                        .isEqualTo(plain.get());
            }
        }
        assertThat(believed).isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    @Test
    void damagedHead_neverThrows() {
        Random random = new Random(20261124);
        String alphabet = "<>[]\"\\:- 1aT\u0000\u00ef";
        for (int count = 0; count < MUTATIONS; count++) {
            byte[] octets = SampleLines.ALL.get(count % SampleLines.ALL.size()).octets();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                octets[random.nextInt(Math.min(90, octets.length))] =
                        (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            int length = octets.length - random.nextInt(2) * random.nextInt(octets.length);
            if (head.read(octets, 0, length)) {
                assertThat(head.content()).isBetween(0, length);
                line.read(octets, head.content(), length);
            }
        }
    }

    @Test
    void addresses_areThoseThatTheProgramTakesElsewhere() {
        AddressText text = new AddressText();
        for (String address : new String[] {
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            ":1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "12345::",
            "::ffff:192.0.2.1",
            "::192.0.2.1",
            "64:ff9b::192.0.2.1",
            "1:2:3:4:5:6:192.0.2.1",
            "1:2:3:4:5:6:7:192.0.2.1",
            "::192.0.2",
            "::192.0.2.1:1",
            "FE80::A",
            "fe80::1%em0",
            "",
            ":",
            ":::",
            "g::",
            "::ffff:0:1",
            "0:0:0:0:0:ffff:c000:201"
        }) {
            byte[] octets = address.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(text.read(true, octets, 0, octets.length) ? Optional.of(text.address()) : Optional.empty())
                    .as(address)
                    .isEqualTo(Addresses.tryParse(address).filter(any -> address.contains(":")));
        }
        for (String address : new String[] {
            "0.0.0.0",
            "255.255.255.255",
            "256.0.0.1",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "1..2.3",
            ".1.2.3",
            "1.2.3.",
            "00.1.2.3",
            "10.0.0.1 ",
            ""
        }) {
            byte[] octets = address.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(text.read(false, octets, 0, octets.length) ? Optional.of(text.address()) : Optional.empty())
                    .as(address)
                    .isEqualTo(Addresses.tryParse(address));
        }
    }

    private boolean read(byte[] octets) {
        return head.read(octets, 0, octets.length) && line.read(octets, head.content(), octets.length);
    }

    private boolean readContent(String content) {
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        return line.read(octets, 0, octets.length);
    }
}
