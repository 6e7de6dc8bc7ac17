package org.funkstille.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.core.plan.Homes.GATEWAY;
import static org.funkstille.core.plan.Homes.HUB;
import static org.funkstille.core.plan.Homes.VACUUM;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.junit.jupiter.api.Test;

class WantedRulesTest {

    @Test
    void of_home_hasOneEntryForEachDeviceInItsOrder() {
        assertThat(WantedRules.of(Homes.home(GATEWAY, VACUUM, HUB), List.of()))
                .extracting(DeviceRules::device)
                .containsExactly("gateway", "vacuum", "hub");
    }

    @Test
    void of_reach_isBothWays() {
        Home home = Homes.home(GATEWAY, VACUUM, HUB);

        assertThat(rules(home, "gateway").peers()).containsExactly(Addresses.parse("192.168.1.10"));
        assertThat(rules(home, "hub").peers()).containsExactly(Addresses.parse("192.168.20.50"));
        assertThat(rules(home, "vacuum").peers()).isEmpty();
    }

    @Test
    void of_reachNamedByBothSides_isThere() {
        Device hub = Homes.device("hub", 3, "192.168.1.10", new Policy.Online(), List.of("gateway", "hub"));
        Home home = Homes.home(GATEWAY, hub);

        assertThat(rules(home, "gateway").peers()).containsExactly(Addresses.parse("192.168.1.10"));
        assertThat(rules(home, "hub").peers()).as("never itself").containsExactly(Addresses.parse("192.168.20.50"));
    }

    @Test
    void of_peerWithIpv6AndLease_hasAllItsAddresses() {
        Device hub = new Device(
                "hub",
                List.of(Homes.mac(3), Homes.mac(4)),
                Optional.empty(),
                List.of(Addresses.parse("fd00::10")),
                "lan",
                Optional.empty(),
                new Policy.Online(),
                List.of());
        List<Lease> leases = List.of(Homes.lease(4, "192.168.1.77"), Homes.lease(9, "192.168.1.78"));

        DeviceRules gateway = WantedRules.of(Homes.home(GATEWAY, hub), leases).getFirst();

        assertThat(gateway.peers())
                .containsExactlyInAnyOrder(Addresses.parse("fd00::10"), Addresses.parse("192.168.1.77"));
    }

    @Test
    void of_restrictedDevice_listsItsAddresses() {
        Device gateway = new Device(
                "gateway",
                List.of(Homes.mac(1), Homes.mac(5)),
                GATEWAY.address(),
                List.of(Addresses.parse("fd00:20::50")),
                "iot",
                Optional.empty(),
                new Policy.AllowList(Answer.DROP, List.of()),
                List.of());

        DeviceRules rules = rules(Homes.home(gateway), "gateway");

        assertThat(rules.macs()).containsExactlyInAnyOrder(Homes.mac(1), Homes.mac(5));
        assertThat(rules.addresses())
                .containsExactlyInAnyOrder(Addresses.parse("192.168.20.50"), Addresses.parse("fd00:20::50"));
        assertThat(rules.policy()).isEqualTo(gateway.policy());
    }

    @Test
    void of_onlineDevice_listsNoAddresses() {
        assertThat(rules(Homes.home(HUB), "hub").addresses()).isEmpty();
    }

    @Test
    void of_echo_isWhatTheProfileSays() {
        assertThat(rules(Homes.home(GATEWAY), "gateway").echo()).isFalse();
        assertThat(rules(Homes.home(Homes.withProfile(GATEWAY, true)), "gateway")
                        .echo())
                .isTrue();
        assertThat(rules(Homes.home(Homes.withProfile(GATEWAY, false)), "gateway")
                        .echo())
                .isFalse();
    }

    @Test
    void reservations_pinnedDevices_takeTheirFirstMac() {
        Device twoCards = new Device(
                "nas",
                List.of(Homes.mac(8), Homes.mac(7)),
                Optional.of(Addresses.parse("192.168.20.9")),
                List.of(Addresses.parse("fd00::9")),
                "iot",
                Optional.empty(),
                new Policy.Online(),
                List.of());

        assertThat(WantedRules.reservations(Homes.home(twoCards, VACUUM)))
                .containsExactly(new Reservation("nas", Homes.mac(8), Addresses.parse("192.168.20.9")));
    }

    @Test
    void of_emptyHome_isNothing() {
        assertThat(WantedRules.of(Homes.home(), List.of())).isEmpty();
        assertThat(WantedRules.reservations(Homes.home())).isEmpty();
    }

    private static DeviceRules rules(Home home, String device) {
        List<DeviceRules> found = WantedRules.of(home, List.of()).stream()
                .filter(rules -> Set.of(device).contains(rules.device()))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
