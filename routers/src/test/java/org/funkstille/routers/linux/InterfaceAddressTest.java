package org.funkstille.routers.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.junit.jupiter.api.Test;

final class InterfaceAddressTest {

    @Test
    void linesOfIp_areAddressesAndTheirNetworks_byInterface() {
        List<InterfaceAddress> addresses = List.of(
                        "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever",
                        "2: iot0    inet 192.168.20.1/24 brd 192.168.20.255 scope global iot0\\  valid_lft forever",
                        "2: iot0    inet6 2001:db8:7::1/64 scope global dynamic \\       valid_lft 86000sec",
                        "2: iot0    inet6 2001:db8:7::2/64 scope global dynamic \\       valid_lft 86000sec",
                        "2: iot0    inet6 fe80::1/64 scope link \\       valid_lft forever",
                        "3: ppp0    inet 198.51.100.7 peer 192.0.2.1/32 scope global ppp0",
                        "4: tun0    inet6 fe80::9/64 scope link \\       valid_lft forever",
                        "",
                        "5: broken")
                .stream()
                .flatMap(line -> InterfaceAddress.of(line).stream())
                .toList();

        assertThat(addresses)
                .extracting(InterfaceAddress::address)
                .contains(Addresses.parse("198.51.100.7"), Addresses.parse("fe80::1"))
                .hasSize(7);
        assertThat(InterfaceAddress.prefixes(addresses))
                .isEqualTo(Map.of(
                        "lo", List.of(Prefix.parse("127.0.0.0/8")),
                        "iot0", List.of(Prefix.parse("192.168.20.0/24"), Prefix.parse("2001:db8:7::/64")),
                        "ppp0", List.of(Prefix.parse("192.0.2.1/32")),
                        "tun0", List.<Prefix>of()));
    }

    @Test
    void addressWithoutALength_isANetworkOfItsOwn() {
        assertThat(InterfaceAddress.of("3: tun0    inet 10.0.0.1 scope global tun0")
                        .map(InterfaceAddress::network))
                .isEqualTo(Optional.of(Prefix.parse("10.0.0.1/32")));
    }
}
