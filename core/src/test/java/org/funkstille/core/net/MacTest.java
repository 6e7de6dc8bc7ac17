package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacTest {

    @ParameterizedTest
    @ValueSource(strings = {"78:11:dc:12:34:56", "78-11-DC-12-34-56", "7811dc123456", "78:11:Dc:12:34:56"})
    void tryParse_everyUsualNotation_isTheSameAddress(String text) {
        assertThat(Mac.tryParse(text)).contains(new Mac(0x7811dc123456L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "78:11:dc:12:34",
                "78:11:dc:12:34:56:78",
                "78:11:dc-12:34:56",
                "78:11:dc:12:34:5",
                "78:11:dc:12:34:5g",
                "78:11:dc:12:34:56 ",
                " 78:11:dc:12:34:56",
                "78:11:dc:12:34:56\n",
                "78::11:dc:12:34:56",
                "0x7811dc1234",
                "٧٨:11:dc:12:34:56"
            })
    void tryParse_whatIsNoMac_isNothing(String text) {
        assertThat(Mac.tryParse(text)).isEmpty();
    }

    @Test
    void parse_whatIsNoMac_saysSo() {
        assertThatThrownBy(() -> Mac.parse("lamp")).hasMessage("not a MAC address: lamp");
    }

    @Test
    void toString_anyMac_readsBackInEveryNotation() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            Mac mac = new Mac(random.nextLong() >>> 16);
            String text = mac.toString();
            assertThat(text).matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
            assertThat(Stream.of(text, text.replace(':', '-').toUpperCase(Locale.ROOT), text.replace(":", "")))
                    .allSatisfy(form -> assertThat(Mac.parse(form)).isEqualTo(mac));
        }
    }

    @Test
    void toString_smallNumbers_keepsLeadingZeros() {
        assertThat(new Mac(0x0200_0000_0010L)).hasToString("02:00:00:00:00:10");
        assertThat(new Mac(0)).hasToString("00:00:00:00:00:00");
    }

    @Test
    void of_octets_areInOrderOfTransmission() {
        assertThat(Mac.of(new byte[] {(byte) 0xb0, 0x4a, 0x39, 0, 0, (byte) 0xff}))
                .hasToString("b0:4a:39:00:00:ff");
        assertThatThrownBy(() -> Mac.of(new byte[5])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void constructor_moreThan48Bits_refuses() {
        assertThat(new Mac(0xffff_ffff_ffffL)).hasToString("ff:ff:ff:ff:ff:ff");
        assertThatThrownBy(() -> new Mac(1L << 48)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mac(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isGroup_lowestBitOfFirstOctet_decides() {
        assertThat(Mac.parse("01:00:5e:00:00:32").isGroup()).isTrue();
        assertThat(Mac.parse("ff:ff:ff:ff:ff:ff").isGroup()).isTrue();
        assertThat(Mac.parse("33:33:00:00:00:01").isGroup()).isTrue();
        assertThat(Mac.parse("02:01:01:01:01:01").isGroup()).isFalse();
        assertThat(Mac.parse("fe:ff:ff:ff:ff:ff").isGroup()).isFalse();
    }

    @Test
    void compareTo_severalMacs_isByValue() {
        assertThat(Stream.of("ff:00:00:00:00:00", "00:00:00:00:00:01", "7f:ff:ff:ff:ff:ff")
                        .map(Mac::parse)
                        .sorted())
                .extracting(Mac::toString)
                .containsExactly("00:00:00:00:00:01", "7f:ff:ff:ff:ff:ff", "ff:00:00:00:00:00");
    }
}
