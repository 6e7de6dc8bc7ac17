package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.20.77/24, 192.168.20.0/24",
        "192.168.20.77/32, 192.168.20.77/32",
        "192.168.20.77/0, 0.0.0.0/0",
        "192.168.255.255/17, 192.168.128.0/17",
        "fd00:20::50/64, fd00:20::/64",
        "fd00:20::50/128, fd00:20::50/128",
        "ffff::1/0, ::/0",
        "2001:db8:ffff::/33, 2001:db8:8000::/33"
    })
    void parse_hostBitsSet_areDropped(String written, String expected) {
        assertThat(Prefix.parse(written)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "192.168.1.0",
                "192.168.1.0/",
                "/24",
                "192.168.1.0/33",
                "192.168.1.0/-1",
                "192.168.1.0/+8",
                "192.168.1.0/024",
                "192.168.1.0/24/24",
                "192.168.1.0/255.255.255.0",
                "192.168.1.0 /24",
                "192.168.1/24",
                "10/8",
                "fd00::/129",
                "fd00::/1000",
                "::ffff:10.0.0.0/104",
                "::ffff:10.0.0.0/8",
                "host/24"
            })
    void tryParse_whatIsNoPrefix_isNothing(String text) {
        assertThat(Prefix.tryParse(text)).isEmpty();
    }

    @Test
    void parse_whatIsNoPrefix_repeatsIt() {
        assertThatThrownBy(() -> Prefix.parse("10/8")).hasMessage("not a network prefix: 10/8");
    }

    @Test
    void constructor_lengthThatDoesNotFit_refuses() {
        InetAddress address = Addresses.parse("10.0.0.0");
        assertThatThrownBy(() -> new Prefix(address, 33)).hasMessageContaining("33 does not fit 10.0.0.0");
        assertThatThrownBy(() -> new Prefix(address, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.20.0/24, 192.168.19.255, false",
        "192.168.20.0/24, 192.168.20.0, true",
        "192.168.20.0/24, 192.168.20.255, true",
        "192.168.20.0/24, 192.168.21.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::, false",
        "::/0, 0.0.0.0, false",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.1/32, 10.0.0.2, false",
        "fd00::1/128, fd00::1, true",
        "fd00::1/128, fd00::, false"
    })
    void contains_atTheBoundaries_isExact(String prefix, String address, boolean expected) {
        assertThat(Prefix.parse(prefix).contains(Addresses.parse(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.20.0/24, 192.168.20.128/25, true",
        "192.168.20.0/25, 192.168.20.128/25, false",
        "192.168.0.0/16, 192.168.255.255/32, true",
        "192.168.0.0/16, 192.169.0.0/16, false",
        "0.0.0.0/0, 10.0.0.0/8, true",
        "0.0.0.0/0, ::/0, false",
        "fd00:20::/64, fd00:20::/64, true"
    })
    void overlaps_twoPrefixes_isSymmetric(String one, String other, boolean expected) {
        assertThat(Prefix.parse(one).overlaps(Prefix.parse(other))).isEqualTo(expected);
        assertThat(Prefix.parse(other).overlaps(Prefix.parse(one))).isEqualTo(expected);
    }

    @Test
    void prefix_anyAddressAndLength_agreesWithArithmetic() {
        Random random = new Random(24);
        for (int round = 0; round < 10_000; round++) {
            int octets = Numbers.octets(random);
            int length = random.nextInt(octets * 8 + 1);
            InetAddress inside = Numbers.random(random, octets);
            Prefix prefix = new Prefix(inside, length);
            BigInteger size = BigInteger.ONE.shiftLeft(octets * 8 - length);
            BigInteger first = Numbers.of(inside).divide(size).multiply(size);
            InetAddress other = near(random, first, size, octets);
            BigInteger number = Numbers.of(other);
            boolean within = number.compareTo(first) >= 0 && number.compareTo(first.add(size)) < 0;

            assertThat(Numbers.of(prefix.network())).as("%s", prefix).isEqualTo(first);
            assertThat(prefix.contains(inside)).isTrue();
            assertThat(prefix.contains(other)).as("%s in %s", other, prefix).isEqualTo(within);
            assertThat(Prefix.parse(prefix.toString())).isEqualTo(prefix);
        }
    }

    @Test
    void overlaps_anyTwoPrefixes_agreesWithArithmetic() {
        Random random = new Random(25);
        int overlapping = 0;
        for (int round = 0; round < 10_000; round++) {
            int octets = Numbers.octets(random);
            Prefix one = new Prefix(Numbers.random(random, octets), random.nextInt(octets * 8 + 1));
            Prefix other = new Prefix(Numbers.random(random, octets), random.nextInt(octets * 8 + 1));
            boolean expected =
                    first(one).compareTo(end(other)) < 0 && first(other).compareTo(end(one)) < 0;
            overlapping += expected ? 1 : 0;

            assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(expected);
        }
        assertThat(overlapping).isBetween(500, 9500);
    }

    /** An address at, before or behind the edges of a range, or anywhere. */
    private static InetAddress near(Random random, BigInteger first, BigInteger size, int octets) {
        BigInteger number = switch (random.nextInt(5)) {
            case 0 -> first.subtract(BigInteger.ONE);
            case 1 -> first;
            case 2 -> first.add(size).subtract(BigInteger.ONE);
            case 3 -> first.add(size);
            default -> Numbers.of(Numbers.random(random, octets));
        };
        InetAddress address = Numbers.address(number.mod(BigInteger.ONE.shiftLeft(octets * 8)), octets);
        return address.getAddress().length == octets ? address : Numbers.random(random, octets);
    }

    private static BigInteger first(Prefix prefix) {
        return Numbers.of(prefix.network());
    }

    private static BigInteger end(Prefix prefix) {
        int bits = prefix.network().getAddress().length * 8;
        return first(prefix).add(BigInteger.ONE.shiftLeft(bits - prefix.length()));
    }
}
