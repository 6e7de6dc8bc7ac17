package org.funkstille.discovery.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.discovery.network.Gateway;
import org.funkstille.discovery.network.OwnAddress;
import org.funkstille.discovery.network.OwnInterface;
import org.funkstille.discovery.network.Surroundings;
import org.junit.jupiter.api.Test;

class DraftNetworksTest {

    @Test
    void ofRouter_namesItsInterfacesAndTheWayOut() {
        Surroundings router = surroundings(
                List.of(new Gateway(Addresses.parse("192.168.178.1"), "wan0", Optional.empty())),
                leg("lan0", "192.168.1.1/24", "fd00:1::1/64", "2001:db8:1::1/64"),
                leg("wan0", "192.168.178.20/24"),
                leg("docker0", "172.17.0.1/16"));

        List<DraftNetwork> networks = DraftNetworks.ofRouter(router);

        assertThat(networks).extracting(DraftNetwork::name).containsExactly("lan0", "internet");
        assertThat(networks.getFirst().ipv6())
                .as("a provider's prefix changes")
                .containsExactly(Prefix.parse("fd00:1::/64"));
        assertThat(networks.getLast().ipv4()).isEmpty();
    }

    @Test
    void around_putsTheRoutersNetworkFirst() {
        Surroundings hub = surroundings(List.of(), leg("eth0.20", "192.168.20.10/24"), leg("eth0", "192.168.1.10/24"));

        List<DraftNetwork> networks = DraftNetworks.around(hub, Optional.of(Addresses.parse("192.168.1.1")));

        assertThat(networks).extracting(DraftNetwork::name).containsExactly("lan", "eth0-20");
        assertThat(networks).allMatch(DraftNetwork::guessed);
    }

    @Test
    void told_leavesOutWhatOverlapsOrIsPublic() {
        List<DraftNetwork> networks = DraftNetworks.told(Map.of(
                "em0", List.of(Prefix.parse("198.51.100.0/24")),
                "em1", List.of(Prefix.parse("10.0.0.0/8")),
                "em2", List.of(Prefix.parse("10.1.0.0/16")),
                "an interface\n", List.of(Prefix.parse("192.168.5.0/24"))));

        assertThat(networks).extracting(DraftNetwork::interfaceName).containsExactly("em1");
    }

    @Test
    void dnsmasq_tellsPoolsAndFiles() {
        DnsmasqConfiguration dnsmasq = new DnsmasqConfiguration(List.of(
                " dhcp-range=set:iot,192.168.20.100,192.168.20.199,2m",
                "dhcp-range=fd00:20::,ra-only",
                "#dhcp-range=10.0.0.2,10.0.0.9",
                "dhcp-range=192.168.1.100,192.168.1.199",
                "dhcp-hostsdir=/etc/dnsmasq-hosts.d"));

        assertThat(dnsmasq.pools())
                .extracting(AddressRange::toString)
                .containsExactly("192.168.20.100-192.168.20.199", "192.168.1.100-192.168.1.199");
        assertThat(dnsmasq.files().orElseThrow().hosts()).isEqualTo("/etc/dnsmasq-hosts.d");
    }

    private static Surroundings surroundings(List<Gateway> gateways, OwnInterface... interfaces) {
        return new Surroundings(List.of(interfaces), gateways, List.of(), true);
    }

    private static OwnInterface leg(String name, String... addresses) {
        return new OwnInterface(
                name,
                Optional.empty(),
                Arrays.stream(addresses)
                        .map(text -> new OwnAddress(
                                Addresses.parse(text.replaceFirst("/.*", "")), Prefix.parse(text), Optional.empty()))
                        .toList());
    }
}
