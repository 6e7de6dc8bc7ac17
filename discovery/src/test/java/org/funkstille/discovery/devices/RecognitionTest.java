package org.funkstille.discovery.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;
import org.junit.jupiter.api.Test;

class RecognitionTest {

    private static final Mac XIAOMI = Mac.parse("78:11:dc:12:34:56");
    private static final Mac OTHER = Mac.parse("00:11:22:33:44:55");
    private static final InetAddress ADDRESS = Addresses.parse("192.168.20.50");
    private static final String NAME = "lumi-gateway-v3_miio45832013";

    private final Sightings sightings = new Sightings();

    @Test
    void nameAndGreetingThatAgree_areSure() {
        lease(XIAOMI, NAME);
        sightings.greeted(ADDRESS, 45_832_013);

        FoundDevice device = device();

        assertThat(device.model()).contains("lumi.gateway.v3");
        assertThat(device.did()).contains(45_832_013L);
        assertThat(device.confidence()).isEqualTo(Confidence.SURE);
        assertThat(device.recognised()).isTrue();
        assertThat(device.evidence())
                .containsExactly(
                        "it asked for its address as " + NAME + ", which is model lumi.gateway.v3",
                        "it answered the miIO greeting as number 45832013",
                        "that is the number in its name",
                        "its MAC address belongs to XIAOMI Electronics");
    }

    @Test
    void aNameAlone_isLikely() {
        lease(OTHER, NAME);

        assertThat(device().confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(device().recognised()).isTrue();
    }

    @Test
    void aNameWithTheNumberOfAnother_claimsNoModel() {
        lease(XIAOMI, NAME);
        sightings.greeted(ADDRESS, 4711);

        assertThat(device().model()).isEmpty();
        assertThat(device().confidence()).isEqualTo(Confidence.MAYBE);
        assertThat(device().evidence()).contains("its name has another number");
    }

    @Test
    void anAnnouncementWithItsOwnMac_isSure() {
        sightings.neighbour(new Neighbour(XIAOMI, ADDRESS));
        sightings.announced(ADDRESS, List.of(new MdnsService("_miio._udp", NAME, Optional.of(XIAOMI))));

        assertThat(device().model()).contains("lumi.gateway.v3");
        assertThat(device().confidence()).isEqualTo(Confidence.SURE);
    }

    @Test
    void anAnnouncementWithTheMacOfAnother_claimsNoModel() {
        sightings.neighbour(new Neighbour(OTHER, ADDRESS));
        sightings.announced(ADDRESS, List.of(new MdnsService("_miio._udp", NAME, Optional.of(XIAOMI))));

        assertThat(device().model()).isEmpty();
        assertThat(device().recognised()).isFalse();
    }

    @Test
    void twoNamesThatDiffer_claimNoModel() {
        lease(XIAOMI, NAME);
        sightings.announced(
                ADDRESS, List.of(new MdnsService("_miio._udp", "roborock-vacuum-s5e_miio1", Optional.empty())));

        assertThat(device().model()).isEmpty();
        assertThat(device().evidence()).contains("its names contradict each other");
    }

    @Test
    void aGreetingAlone_tellsTheFamilyButNoModel() {
        sightings.neighbour(new Neighbour(XIAOMI, ADDRESS));
        sightings.greeted(ADDRESS, 45_832_013);

        assertThat(device().model()).isEmpty();
        assertThat(device().confidence()).isEqualTo(Confidence.FAMILY);
    }

    @Test
    void aMacPrefixAlone_isNeverEnough() {
        lease(XIAOMI, "Redmi-Note-9");

        assertThat(device().confidence()).isEqualTo(Confidence.MAYBE);
        assertThat(device().recognised()).isFalse();
        assertThat(device().evidence())
                .containsExactly(
                        "its MAC address belongs to XIAOMI Electronics: maybe a Xiaomi device, maybe a telephone");
    }

    @Test
    void aMadeUpMac_isSaid() {
        lease(Mac.parse("02:00:00:00:00:20"), "phone");

        assertThat(device().confidence()).isEqualTo(Confidence.UNKNOWN);
        assertThat(device().evidence()).containsExactly("its MAC address is made up, as telephones and laptops do it");
    }

    @Test
    void aHostNameOfTenKilobytesWithControlCharacters_isHarmless() {
        lease(OTHER, "\u001b[2J" + "A".repeat(10_240) + "_miio1");

        assertThat(device().hostName().orElseThrow())
                .hasSize(64)
                .startsWith("?[2JAAA")
                .endsWith("...");
        assertThat(device().model()).isEmpty();
    }

    @Test
    void aGreetingFromAnAddressThatNobodyHolds_findsItsDeviceByTheNumberInItsName() {
        lease(XIAOMI, NAME);
        sightings.greeted(Addresses.parse("192.168.20.77"), 45_832_013);

        assertThat(device().confidence()).isEqualTo(Confidence.SURE);
    }

    private void lease(Mac mac, String name) {
        sightings.lease(new Lease(mac, ADDRESS, Optional.of(name), Optional.empty()));
    }

    private FoundDevice device() {
        assertThat(sightings.all()).hasSize(1);
        return new Recognition(Vendors.known()).of(sightings.all().getFirst());
    }
}
