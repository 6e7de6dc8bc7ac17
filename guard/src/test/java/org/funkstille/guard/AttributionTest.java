package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Protocol;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AttributionTest {

    private final Home home = Homes.home();
    private final Attribution attribution = new Attribution(home);

    @BeforeEach
    void knowTheRouter() {
        attribution.learn(Homes.observation());
    }

    @Test
    void refusedPacket_belongsToTheDeviceOfItsMac_whateverAddressItUses() {
        assertThat(owner(refused(Optional.of(Homes.GATEWAY), Addresses.parse("10.9.8.7"))))
                .isEqualTo("gateway");
    }

    @Test
    void refusedPacket_underAPinnedAddress_belongsToThatDevice_whoeverSentIt() {
        assertThat(owner(refused(Optional.of(Mac.parse("02:00:00:00:00:99")), Homes.PINNED)))
                .isEqualTo("gateway");
    }

    @Test
    void refusedPacket_ofAStranger_belongsToNobody() {
        assertThat(attribution.deviceOf(
                        refused(Optional.of(Mac.parse("02:00:00:00:00:99")), Addresses.parse("192.168.20.9"))))
                .isEmpty();
    }

    @Test
    void refusedPacket_withoutAMac_belongsToWhoeverHoldsItsAddress() {
        InetAddress leased = Addresses.parse("192.168.20.177");
        assertThat(attribution.deviceOf(refused(Optional.empty(), leased))).isEmpty();

        attribution.holds(leased, Homes.GATEWAY);

        assertThat(owner(refused(Optional.empty(), leased))).isEqualTo("gateway");
    }

    @Test
    void address_isTheDevicesThatWasLastSeenToHoldIt() {
        InetAddress address = Addresses.parse("192.168.20.77");
        assertThat(attribution.holds(address, Homes.GATEWAY)).isTrue();
        assertThat(attribution.holds(address, Homes.GATEWAY))
                .as("known already")
                .isFalse();
        assertThat(attribution.deviceAt(address).map(Device::name)).contains("gateway");
        attribution.holds(address, Homes.VACUUM);
        assertThat(attribution.deviceAt(address).map(Device::name)).contains("vacuum");
    }

    @Test
    void floodOfStrangers_doesNotPushOutADevicesAddress_norDoesItGrowForEver() {
        InetAddress address = Addresses.parse("fd00:20::77");
        attribution.holds(address, Homes.GATEWAY);
        for (int number = 0; number < 100_000; number++) {
            byte[] octets = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
            attribution.holds(Addresses.of(octets), new Mac(number));
        }
        assertThat(attribution.deviceAt(address).map(Device::name)).contains("gateway");
        InetAddress late = Addresses.parse("fd00:20::78");
        attribution.holds(late, Homes.GATEWAY);
        assertThat(attribution.deviceAt(late).map(Device::name)).contains("gateway");
    }

    @Test
    void internet_isAWayOut_andTheHouseIsNot() {
        assertThat(attribution.isWayOut(Homes.udp(Homes.CLOUD, 8053))).isTrue();
        assertThat(attribution.isWayOut(Homes.tcp(Addresses.parse("192.168.1.10"), 80)))
                .isFalse();
        assertThat(attribution.isWayOut(Homes.udp(Addresses.parse("224.0.0.50"), 9898)))
                .isFalse();
        assertThat(attribution.isWayOut(Homes.udp(Addresses.parse("fe80::1"), 53)))
                .isFalse();
    }

    @Test
    void routersResolver_isAWayOut_itsDhcpServerIsNot() {
        assertThat(attribution.isWayOut(Homes.udp(Homes.ROUTER, 53))).isTrue();
        assertThat(attribution.isWayOut(Homes.tcp(Homes.ROUTER, 443))).isTrue();
        assertThat(attribution.isWayOut(Homes.udp(Homes.ROUTER, 67))).isFalse();
        assertThat(attribution.isWayOut(new Endpoint(Homes.ROUTER, Protocol.ICMP, 0)))
                .isFalse();
    }

    @Test
    void allowList_forbidsAllButItsDestinationsAndTheResolver() {
        Device camera = home.device("camera").orElseThrow();
        assertThat(attribution.isForbidden(camera, Homes.tcp(Homes.CLOUD, 443))).isFalse();
        assertThat(attribution.isForbidden(camera, Homes.tcp(Homes.CLOUD, 80))).isTrue();
        assertThat(attribution.isForbidden(camera, Homes.udp(Homes.CLOUD, 443))).isTrue();
        assertThat(attribution.isForbidden(camera, Homes.udp(Homes.ROUTER, 53))).isFalse();
        assertThat(attribution.isForbidden(camera, Homes.udp(Homes.CLOUD, 53))).isTrue();
    }

    @Test
    void silence_forbidsEveryWayOut_andOnlineNone() {
        Device gateway = home.device("gateway").orElseThrow();
        Device vacuum = home.device("vacuum").orElseThrow();
        assertThat(attribution.isForbidden(gateway, Homes.udp(Homes.ROUTER, 53)))
                .isTrue();
        assertThat(attribution.isForbidden(gateway, Homes.tcp(Homes.CLOUD, 443)))
                .isTrue();
        assertThat(attribution.isForbidden(vacuum, Homes.tcp(Homes.CLOUD, 443))).isFalse();
    }

    private String owner(EvidenceEvent.Refused refused) {
        return attribution.deviceOf(refused).orElseThrow().name();
    }

    private static EvidenceEvent.Refused refused(Optional<Mac> mac, InetAddress source) {
        return new EvidenceEvent.Refused(
                Instant.EPOCH, mac, source, 40000, Homes.udp(Homes.CLOUD, 8053), Optional.empty(), false);
    }
}
