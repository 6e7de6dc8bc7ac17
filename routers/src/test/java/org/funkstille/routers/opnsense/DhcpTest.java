package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DhcpTest {

    private static final Mac MAC = Mac.parse("02:00:00:00:00:50");
    private static final InetAddress ADDRESS = Addresses.parse("192.168.1.50");
    private static final Reservation WANTED = new Reservation("cam", MAC, ADDRESS);
    private static final String HOSTS = "dnsmasq/settings/search_host";
    private static final String NO_ROWS = "{\"rows\":[]}";

    private static final Legs LEGS = new Legs(List.of(new Leg(
            "em1", "lan", "LAN", List.of(Addresses.parse("192.168.1.1")), List.of(Prefix.parse("192.168.1.0/24")))));

    private final StubRouter router = new StubRouter();
    private final Dhcp dhcp = new Dhcp(home(), router.api());

    private static Home home() {
        Device cam = new Device(
                "cam",
                List.of(MAC),
                Optional.of(ADDRESS),
                List.of(),
                "lan",
                Optional.empty(),
                new Policy.Silent(Answer.REJECT),
                List.of());
        Network lan =
                new Network("lan", "em1", List.of(Prefix.parse("192.168.1.0/24")), Optional.empty(), Optional.empty());
        return new Home(List.of(), List.of(lan), List.of(cam), JournalSettings.DEFAULT, false);
    }

    @BeforeEach
    void dnsmasqServes() {
        router.answers("kea/service/status", "{\"status\":\"disabled\"}");
        router.answers("dnsmasq/service/status", "{\"status\":\"running\"}");
        router.answers("dnsmasq/settings/search_range", "{\"rows\":[{\"start_addr\":\"192.168.1.100\"}]}");
        router.answers("dnsmasq/leases/search", NO_ROWS);
        router.answers("dnsmasq/service/reconfigure", "{\"status\":\"ok\"}");
        router.answers(HOSTS, NO_ROWS);
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static String host(String mac, String address, String description) {
        return "{\"rows\":[{\"uuid\":\"u1\",\"ip\":\"%s\",\"hwaddr\":\"%s\",\"descr\":\"%s\",\"ignore\":\"0\"}]}"
                .formatted(address, mac, description);
    }

    @Test
    void ourReservationsAreKnownByTheirMarkAndTheOwnersWhereTheyDoTheSame() throws RouterException {
        router.answers(HOSTS, host("02-00-00-00-00-50", "192.168.1.50", "my camera"));
        assertThat(dhcp.read().reservations()).containsExactly(WANTED);

        router.answers(HOSTS, host("02:00:00:00:00:50", "192.168.1.51", "funkstille:cam"));
        assertThat(dhcp.read().reservations())
                .containsExactly(new Reservation("cam", MAC, Addresses.parse("192.168.1.51")));

        router.answers(HOSTS, host("02:00:00:00:00:50", "192.168.1.99", "my camera"));
        assertThat(dhcp.read().reservations()).isEmpty();
    }

    @Test
    void leasesAreRead() throws RouterException {
        router.answers("dnsmasq/leases/search", """
                {"rows":[{"expire":1795417087,"hwaddr":"02:00:00:00:00:50","address":"192.168.1.123","hostname":"cam"},
                 {"expire":"0","hwaddr":"02:00:00:00:00:51","address":"192.168.1.124","hostname":"*"},
                 {"expire":5,"hwaddr":"","address":"fd00::1","hostname":""}]}
                """);

        assertThat(dhcp.read().leases())
                .containsExactly(
                        new Lease(
                                MAC,
                                Addresses.parse("192.168.1.123"),
                                Optional.of("cam"),
                                Optional.of(Instant.ofEpochSecond(1795417087))),
                        new Lease(
                                Mac.parse("02:00:00:00:00:51"),
                                Addresses.parse("192.168.1.124"),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void anAddressIsPinnedAndReadBack() throws RouterException {
        router.answersTo("dnsmasq/settings/add_host", body -> {
            router.answers(HOSTS, host("02:00:00:00:00:50", "192.168.1.50", "funkstille:cam"));
            return "{\"result\":\"saved\",\"uuid\":\"u1\"}";
        });

        dhcp.reserve(WANTED, LEGS);

        assertThat(router.paths()).contains("dnsmasq/service/reconfigure");
    }

    @Test
    void aRouterThatSaysSavedAndDidNotIsFoundOut() {
        router.answers("dnsmasq/settings/add_host", "{\"result\":\"saved\",\"uuid\":\"u1\"}");

        assertThatThrownBy(() -> dhcp.reserve(WANTED, LEGS)).isInstanceOf(RouterException.ReadBackDiffers.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02:00:00:00:00:50 | 192.168.1.60 | pins 02:00:00:00:00:50 already",
                "02-00-00-00-00-50 | 192.168.1.60 | pins 02:00:00:00:00:50 already",
                "020000000050 | 192.168.1.60 | pins 02:00:00:00:00:50 already",
                "02:00:00:00:00:99 | 192.168.1.50 | has that address already",
            })
    void whatTheOwnerPinnedOtherwiseIsNotPinnedTwice(String mac, String address, String words) {
        router.answers(HOSTS, host(mac, address, "mine"));

        assertThatThrownBy(() -> dhcp.reserve(WANTED, LEGS))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining(words)
                .hasMessageContaining("\"mine\"");
        assertThat(router.paths()).doesNotContain("dnsmasq/settings/add_host");
    }

    @Test
    void anAddressOutsideEveryNetworkIsRefused() {
        Reservation elsewhere = new Reservation("cam", MAC, Addresses.parse("192.168.7.50"));

        assertThatThrownBy(() -> dhcp.reserve(elsewhere, LEGS))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("none of the router's networks");
    }

    @Test
    void anAddressOfTheRangeThatAnotherHoldsIsRefused() {
        router.answers(
                "dnsmasq/leases/search",
                "{\"rows\":[{\"expire\":9,\"hwaddr\":\"02:00:00:00:00:77\",\"address\":\"192.168.1.50\"}]}");

        assertThatThrownBy(() -> dhcp.reserve(WANTED, LEGS))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("02:00:00:00:00:77 holds that address now");
    }

    @Test
    void keaIsToldTheSubnetOfTheAddress() throws RouterException {
        router.answers("dnsmasq/service/status", "{\"status\":\"stopped\"}");
        router.answers("kea/service/status", "{\"status\":\"running\"}");
        router.answers(
                "kea/dhcpv4/search_subnet",
                "{\"rows\":[{\"uuid\":\"s0\",\"subnet\":\"10.0.0.0/8\"},{\"uuid\":\"s1\",\"subnet\":\"192.168.1.0/24\"}]}");
        router.answers("kea/leases4/search", NO_ROWS);
        router.answers("kea/dhcpv4/search_reservation", NO_ROWS);
        router.answers("kea/service/reconfigure", "{\"status\":\"ok\"}");
        router.answersTo("kea/dhcpv4/add_reservation", body -> {
            router.answers(
                    "kea/dhcpv4/search_reservation",
                    "{\"rows\":[{\"uuid\":\"r\",\"hw_address\":\"02:00:00:00:00:50\",\"ip_address\":\"192.168.1.50\","
                            + "\"description\":\"funkstille:cam\"}]}");
            return "{\"result\":\"saved\",\"uuid\":\"r\"}";
        });

        dhcp.reserve(WANTED, LEGS);

        assertThat(router.asked())
                .filteredOn(asked -> asked.path().equals("kea/dhcpv4/add_reservation"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("\"subnet\":\"s1\"")
                        .contains("\"description\":\"funkstille:cam\""));
    }

    @Test
    void withIscTheOwnerIsToldWhatToPinByHand() throws RouterException {
        router.answers("dnsmasq/service/status", "{\"status\":\"stopped\"}");
        router.answers("dhcpv4/service/status", "{\"status\":\"running\"}");
        router.answers(
                "dhcpv4/leases/search_lease",
                "{\"rows\":[{\"address\":\"192.168.1.123\",\"mac\":\"02:00:00:00:00:50\",\"hostname\":\"cam\"}]}");

        Dhcp.Reading reading = dhcp.read();

        assertThat(reading.leases()).extracting(Lease::address).containsExactly(Addresses.parse("192.168.1.123"));
        assertThat(reading.caveat()).hasValueSatisfying(caveat -> {
            assertThat(caveat.kind()).isEqualTo(Caveat.Kind.NO_RESERVATIONS);
            assertThat(caveat.text()).contains("02:00:00:00:00:50 to 192.168.1.50 (cam)");
        });
    }
}
