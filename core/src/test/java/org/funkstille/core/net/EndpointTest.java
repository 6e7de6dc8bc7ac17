package org.funkstille.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "17, 192.0.2.1, 8053, udp 192.0.2.1:8053",
        "6, 2001:db8::1, 80, tcp [2001:db8::1]:80",
        "1, 192.0.2.1, 0, icmp 192.0.2.1",
        "58, fe80::1, 0, icmpv6 fe80::1",
        "47, 192.0.2.1, 0, gre 192.0.2.1",
        "253, ::1, 0, 253 ::1",
        "132, 192.0.2.1, 65535, sctp 192.0.2.1:65535"
    })
    void toString_endpoint_namesProtocolHostAndPort(int protocol, String address, int port, String expected) {
        assertThat(new Endpoint(Addresses.parse(address), new Protocol(protocol), port))
                .hasToString(expected);
    }

    @Test
    void family_endpoint_isThatOfItsAddress() {
        assertThat(new Endpoint(Addresses.parse("::1"), Protocol.TCP, 1).family())
                .isEqualTo(Family.IPV6);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void constructor_impossiblePort_refuses(int port) {
        assertThatThrownBy(() -> new Endpoint(Addresses.parse("192.0.2.1"), Protocol.TCP, port))
                .hasMessage("not a port: " + port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void protocol_impossibleNumber_refuses(int number) {
        assertThatThrownBy(() -> new Protocol(number)).hasMessage("not an IP protocol number: " + number);
    }

    @Test
    void protocol_withPorts_areTheFiveTransports() {
        assertThat(IntStream.range(0, 256).filter(number -> new Protocol(number).hasPorts()))
                .containsExactly(6, 17, 33, 132, 136);
    }

    @Test
    void protocol_names_areAllDifferent() {
        assertThat(IntStream.range(0, 256).mapToObj(Protocol::new).map(Protocol::toString))
                .hasSize(256)
                .doesNotHaveDuplicates()
                .contains("tcp", "udp", "icmp", "icmpv6", "igmp", "0", "255");
    }
}
