package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1",
                "10",
                "167772161",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                "1..2.3",
                "256.0.0.1",
                "010.0.0.1",
                "10.0.0.01",
                "0x0a.0.0.1",
                "-1.0.0.1",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4/24",
                "1.2.3.4%0",
                "١.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "fd00::g",
                "fe80::1%eth0",
                "fe80::1%1",
                "[::1]",
                "fd00::/64",
                "::ffff:192.168.1.1",
                "::ffff:c0a8:101",
                "localhost",
                "a.b.c.d",
                "one.two.three.four"
            })
    void tryParse_whatIsNoCompleteLiteral_isNothing(String text) {
        assertThat(Addresses.tryParse(text)).isEmpty();
    }

    @Test
    void tryParse_names_asksNoDns() {
        // A name that would take seconds to find out about, many times.
        Instant began = Instant.now();
        for (int round = 0; round < 200; round++) {
            assertThat(Addresses.tryParse("a.b.c.host" + round + ".invalid")).isEmpty();
            assertThat(Addresses.tryParse("no.such.host.invalid" + round)).isEmpty();
        }
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0DB8:00AA:0000:0000:0000:0000:0001, 2001:db8:aa::1",
        "fd00:20::50, fd00:20::50",
        "0:0:1:0:0:0:0:0, 0:0:1::",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "fd00::1.2.3.4, fd00::102:304",
        "192.168.20.50, 192.168.20.50",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255"
    })
    void text_address_isAsRfc5952Says(String written, String expected) {
        assertThat(Addresses.text(Addresses.parse(written))).isEqualTo(expected);
    }

    @Test
    void text_anyAddress_readsBackAndIsShortest() {
        Random random = new Random(5952);
        for (int round = 0; round < 5000; round++) {
            InetAddress address = Numbers.random(random, Numbers.octets(random));
            String text = Addresses.text(address);
            assertThat(Addresses.tryParse(text)).as(text).contains(address);
            assertThat(text.length())
                    .isLessThanOrEqualTo(address.getHostAddress().length());
            assertThat(text).as("section 4.2.2: one zero group alone stays").doesNotMatch("([0-9a-f]+:){7}:|::0.*");
            if (!text.contains("::")) {
                assertThat(":" + text + ":").doesNotContain(":0:0:");
            }
        }
    }

    @Test
    void text_addressWithHostName_isTheLiteralAlone() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress("router.home", new byte[] {10, 0, 0, 1});

        assertThat(Addresses.text(named)).isEqualTo("10.0.0.1");
    }

    @Test
    void order_anyTwoAddresses_isFamilyThenNumber() {
        Random random = new Random(2);
        for (int round = 0; round < 5000; round++) {
            InetAddress one = Numbers.random(random, Numbers.octets(random));
            InetAddress other = Numbers.random(random, Numbers.octets(random));
            int families = Integer.compare(one.getAddress().length, other.getAddress().length);
            int expected = families != 0 ? families : Numbers.of(one).compareTo(Numbers.of(other));
            assertThat(Integer.signum(Addresses.ORDER.compare(one, other)))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void of_octets_isTheirNumber() {
        assertThat(Addresses.of(new byte[] {(byte) 192, 0, 2, 1})).isEqualTo(Addresses.parse("192.0.2.1"));
        assertThat(Numbers.address(BigInteger.ONE, 16)).isEqualTo(Addresses.parse("::1"));
        assertThatThrownBy(() -> Addresses.of(new byte[5])).hasMessageContaining("4 or 16 octets, not 5");
    }

    @Test
    void parse_noAddress_repeatsIt() {
        try {
            Addresses.parse("10.1");
            fail("10.1 was taken");
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessage("not an IP address: 10.1");
        }
    }

    @Test
    void family_ofAddress_isByItsKind() {
        assertThat(Family.of(Addresses.parse("10.0.0.1"))).isEqualTo(Family.IPV4);
        assertThat(Family.of(Addresses.parse("::"))).isEqualTo(Family.IPV6);
        assertThat(Addresses.parse("fd00::1")).isInstanceOf(Inet6Address.class);
        assertThat(Family.IPV4.word()).isEqualTo("ipv4");
        assertThat(Family.IPV6.word()).isEqualTo("ipv6");
    }
}
