package org.funkstille.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Gateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of the virtual home while nobody interferes with it. */
class LabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static @Nullable Lab shared;

    private Lab lab() {
        return Objects.requireNonNull(shared);
    }

    @BeforeAll
    static void buildLab() throws Exception {
        TestLabs.assumeRoot();
        shared = Lab.up(TestLabs.newName());
    }

    @AfterAll
    static void takeLabDown() throws Exception {
        if (shared != null) {
            shared.close();
        }
    }

    @BeforeEach
    void forgetWhatArrived() throws Exception {
        lab().cloud().clear();
    }

    @Test
    void theGatewayGetsALeaseUnderItsOwnName() throws Exception {
        assertThat(lab().router().leases())
                .anySatisfy(line -> assertThat(line).contains("78:11:dc:12:34:56", Gateway.DHCP_NAME));
        assertThat(gatewayAddress()).matches(Prefix.parse("192.168.20.0/24")::contains);
    }

    @Test
    void theGatewayTakesAnAddressInEachAnnouncedPrefix() throws Exception {
        assertThat(lab().gateway().addresses6())
                .anyMatch(Prefix.parse("fd00:20::/64")::contains)
                .anyMatch(Prefix.parse("2001:db8:20::/64")::contains);
    }

    @Test
    void theGatewayAsksForBothCloudNamesInBothFamilies() throws Exception {
        for (String name : List.of(CloudNames.OT, CloudNames.OTT)) {
            for (Family family : Family.values()) {
                assertThat(lab().cloud()
                                .awaitQuery(query -> query.name().equals(name) && query.family() == family, PATIENCE))
                        .as("%s %s", name, family)
                        .isTrue();
            }
        }
    }

    @Test
    void theGatewayAsksAResolverThatNobodyNamedToIt() throws Exception {
        assertArrives(Protocol.UDP, CloudNames.PUBLIC_RESOLVER, Cloud.DNS);
    }

    @Test
    void theGatewayPhonesHomeByNameAndByBareAddress() throws Exception {
        assertArrives(Protocol.UDP, only(CloudNames.OT, Family.IPV4), Cloud.MIIO_UDP);
        assertArrives(Protocol.TCP, only(CloudNames.OTT, Family.IPV4), Cloud.MIIO_TCP);
        assertArrives(Protocol.UDP, CloudNames.BARE_UDP, Cloud.MIIO_UDP);
        assertArrives(Protocol.TCP, CloudNames.BARE_TCP, Cloud.MIIO_TCP);
    }

    @Test
    void theGatewayPhonesHomeOverIPv6FromItsOwnAddress() throws Exception {
        List<InetAddress> own = lab().gateway().addresses6();
        assertThat(arrives(Protocol.UDP, only(CloudNames.OT, Family.IPV6), Cloud.MIIO_UDP)
                        .source())
                .isIn(own);
        assertThat(arrives(Protocol.TCP, CloudNames.BARE_IPV6, Cloud.MIIO_TCP).source())
                .isIn(own);
    }

    @Test
    void theVacuumHasACloudPathOfItsOwn() throws Exception {
        assertArrives(Protocol.TCP, only(CloudNames.ROBOROCK, Family.IPV4), Cloud.SECURE_MQTT);
        assertArrives(Protocol.TCP, only(CloudNames.OTS, Family.IPV4), Cloud.TLS);
        assertArrives(Protocol.TCP, CloudNames.HTTP_DNS, Cloud.MIIO_TCP);
    }

    @Test
    void theHubHearsReportsAcrossNetworksFromTheGatewaysAddressAndPort() throws Exception {
        assertThat(lab().hub().awaitReports(2, PATIENCE)).isTrue();
        assertThat(lab().hub().reports().lastSource()).contains(new InetSocketAddress(gatewayAddress(), 4321));
    }

    @Test
    void theRelayBringsEachReportOnce() throws Exception {
        assertThat(lab().hub().awaitReports(3, PATIENCE)).isTrue();
        // Four sensors take turns, so none can be more than one report ahead of another.
        List<Long> counts = lab().hub().reports().bySid().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("158d"))
                .map(Map.Entry::getValue)
                .toList();
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(counts).allMatch(count -> most - count <= 1);
    }

    @Test
    void theGatewayAnswersWhoisByUnicast() throws Exception {
        Optional<String> answer = ask(4321, "{\"cmd\":\"whois\"}");
        assertThat(answer.orElseThrow())
                .contains("\"cmd\":\"iam\"", "\"port\":\"9898\"", Addresses.text(gatewayAddress()));
    }

    @Test
    void theGatewayAnswersTheHubsCommands() throws Exception {
        assertThat(lab().hub().awaitAnswers(1, PATIENCE)).isTrue();
        assertThat(ask(9898, "{\"cmd\":\"read\",\"sid\":\"158d0001000001\"}").orElseThrow())
                .contains("read_ack", "magnet");
    }

    @Test
    void namesResolveForWhoeverUsesAHostByHand() throws Exception {
        assertThat(lab().exec("phone", "ping", "-4", "-c1", "-W2", "www.example.com")
                        .out())
                .contains("1 received");
    }

    @Test
    void aPausedGatewayIsSilentAndAResumedOneIsNot() throws Exception {
        lab().gateway().pausePhoning();
        try {
            lab().cloud().clear();
            while (lab().cloud().await(this::isGateways, Duration.ofSeconds(2))) {
                lab().cloud().clear(); // what was under way comes to its end
            }
        } finally {
            lab().gateway().resumePhoning();
        }
        assertThat(lab().cloud().await(this::isGateways, PATIENCE)).isTrue();
    }

    @Test
    void theHomeFileNamesTheRoutersNamespaceAndFiles() {
        assertThat(lab().homeYaml())
                .contains(
                        "via: netns:" + lab().name() + "-router",
                        "root: " + lab().router().root(),
                        "reach: [hub]");
        assertThat(lab().directory().resolve("funkstille.yaml")).hasContent(lab().homeYaml());
    }

    private boolean isGateways(Arrival arrival) {
        return arrival.to(only(CloudNames.OT, Family.IPV4), Cloud.MIIO_UDP)
                || arrival.to(CloudNames.BARE_IPV6, Cloud.MIIO_TCP);
    }

    private void assertArrives(Protocol protocol, InetAddress address, int port) throws Exception {
        assertThat(arrives(protocol, address, port).packets()).isPositive();
    }

    private Arrival arrives(Protocol protocol, InetAddress address, int port) throws Exception {
        assertThat(lab().cloud().await(arrival -> arrival.to(address, port), PATIENCE))
                .as("%s %s:%d", protocol, address, port)
                .isTrue();
        return lab().cloud().arrivals().stream()
                .filter(arrival -> arrival.to(address, port))
                .filter(arrival -> arrival.destination().protocol().equals(protocol))
                .findFirst()
                .orElseThrow();
    }

    private static InetAddress only(String name, Family family) {
        return CloudNames.resolve(name, family).getFirst();
    }

    private Optional<String> ask(int port, String message) throws Exception {
        return lab().hub().ask(new InetSocketAddress(gatewayAddress(), port), message, Duration.ofSeconds(2));
    }

    private InetAddress gatewayAddress() throws IOException, InterruptedException {
        return lab().gateway().address().orElseThrow();
    }
}
