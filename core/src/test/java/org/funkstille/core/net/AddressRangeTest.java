package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.100-192.168.1.199", "192.168.1.100 - 192.168.1.199"})
    void tryParse_range_hasBothEnds(String text) {
        AddressRange range = AddressRange.tryParse(text).orElseThrow();

        assertThat(range.first()).isEqualTo(Addresses.parse("192.168.1.100"));
        assertThat(range.last()).isEqualTo(Addresses.parse("192.168.1.199"));
        assertThat(range).hasToString("192.168.1.100-192.168.1.199");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "192.168.1.100",
                "192.168.1.199-192.168.1.100",
                "192.168.1.100-",
                "-192.168.1.100",
                "192.168.1.100-199",
                "192.168.1.100-fd00::1",
                "192.168.1.100-192.168.1.110-192.168.1.120"
            })
    void tryParse_whatIsNoRange_isNothing(String text) {
        assertThat(AddressRange.tryParse(text)).isEmpty();
    }

    @Test
    void constructor_lastBeforeFirst_refuses() {
        InetAddress one = Addresses.parse("10.0.0.1");
        InetAddress two = Addresses.parse("10.0.0.2");
        assertThatThrownBy(() -> new AddressRange(two, one)).hasMessage("not a range: 10.0.0.2 to 10.0.0.1");
        assertThatThrownBy(() -> new AddressRange(one, Addresses.parse("::1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contains_singleAddress_isThatOne() {
        AddressRange range = AddressRange.tryParse("10.0.0.5-10.0.0.5").orElseThrow();
        assertThat(range.contains(Addresses.parse("10.0.0.4"))).isFalse();
        assertThat(range.contains(Addresses.parse("10.0.0.5"))).isTrue();
        assertThat(range.contains(Addresses.parse("10.0.0.6"))).isFalse();
        assertThat(range.contains(Addresses.parse("::a00:5"))).isFalse();
    }

    @Test
    void contains_anyRange_agreesWithArithmetic() {
        Random random = new Random(3);
        for (int round = 0; round < 5000; round++) {
            int octets = Numbers.octets(random);
            InetAddress one = Numbers.random(random, octets);
            InetAddress two = Numbers.random(random, octets);
            boolean ordered = Addresses.ORDER.compare(one, two) <= 0;
            AddressRange range = ordered ? new AddressRange(one, two) : new AddressRange(two, one);
            InetAddress address = Numbers.random(random, octets);
            BigInteger number = Numbers.of(address);
            boolean expected =
                    number.compareTo(Numbers.of(range.first())) >= 0 && number.compareTo(Numbers.of(range.last())) <= 0;

            assertThat(range.contains(address)).as("%s in %s", address, range).isEqualTo(expected);
            assertThat(range.contains(range.first()) && range.contains(range.last()))
                    .isTrue();
        }
    }
}
