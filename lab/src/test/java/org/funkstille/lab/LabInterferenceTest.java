package org.funkstille.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.router.Boot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens in the virtual home when rules, addresses or the router change. */
class LabInterferenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final InetAddress PINNED = Addresses.parse("192.168.20.50");
    private static final InetAddress FREE = Addresses.parse("192.168.20.77");
    private static final String GATEWAY = "78:11:dc:12:34:56";
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

    @AfterEach
    void takeRulesAway() throws Exception {
        nft("table inet test {}\ndelete table inet test\n");
    }

    @Test
    void aTransferStallsWhileARuleInFrontOfTheOwnersDropsIt() throws Exception {
        InetSocketAddress server = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
        try (Transfer transfer = lab().gateway().openTransfer(server)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            forward("ether saddr " + GATEWAY + " drop");
            assertThat(transfer.awaitStall(Duration.ofSeconds(1), PATIENCE)).isTrue();
            assertThat(transfer.broken()).isFalse();
            takeRulesAway();
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
        }
    }

    @Test
    void aTransferSurvivesARuleBehindTheOwnersEstablished() throws Exception {
        InetSocketAddress server = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
        try (Transfer transfer = lab().gateway().openTransfer(server)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            nft("add rule inet filter forward index 0 ether saddr " + GATEWAY + " drop comment \"test\"\n");
            try {
                assertThat(transfer.awaitStall(Duration.ofSeconds(1), Duration.ofSeconds(2)))
                        .isFalse();
            } finally {
                takeOwnersTestRuleAway();
            }
        }
    }

    private void takeOwnersTestRuleAway() throws Exception {
        String chain = lab().exec("router", "nft", "-a", "list", "chain", "inet", "filter", "forward")
                .out();
        Matcher rule = Pattern.compile("comment \"test\" # handle (\\d+)").matcher(chain);
        assertThat(rule.find()).isTrue();
        nft("delete rule inet filter forward handle " + rule.group(1) + "\n");
    }

    @Test
    void theGatewayGoesOnTryingHoweverItIsRefused() throws Exception {
        forward("ether saddr " + GATEWAY + " meta l4proto tcp reject with tcp reset");
        nft("add rule inet test forward ether saddr " + GATEWAY + " reject with icmpx admin-prohibited\n");
        lab().cloud().clear();
        long before = lab().gateway().calls().attempts();
        await().atMost(PATIENCE).until(() -> lab().gateway().calls().attempts() > before + 20);
        assertThat(lab().cloud().arrivals()).noneMatch(LabInterferenceTest::isGatewaysKeepAlive);
        takeRulesAway();
        assertThat(lab().cloud().await(LabInterferenceTest::isGatewaysKeepAlive, PATIENCE))
                .isTrue();
    }

    @Test
    void aNewReservationIsHonouredWhenTheGatewayAsksAgain() throws Exception {
        Path reservation = lab().router().dhcpHosts().resolve("gateway");
        Files.writeString(reservation, GATEWAY + "," + Addresses.text(PINNED) + "\n");
        await().atMost(PATIENCE).untilAsserted(() -> {
            lab().gateway().renewLease();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> lab().gateway().address().equals(Optional.of(PINNED)));
        });
        assertThat(lab().router().leases()).anyMatch(line -> line.contains(GATEWAY + " 192.168.20.50 "));
    }

    @Test
    void aGatewayThatTakesAnotherAddressPhonesHomeFromThere() throws Exception {
        try {
            lab().gateway().moveTo(FREE);
            assertThat(lab().gateway().address()).contains(FREE);
            await().atMost(PATIENCE)
                    .until(() -> lab().hub()
                            .reports()
                            .lastSource()
                            .orElseThrow()
                            .getAddress()
                            .equals(FREE));
            lab().cloud().clear();
            assertThat(lab().cloud().await(LabInterferenceTest::isGatewaysKeepAlive, PATIENCE))
                    .isTrue();
        } finally {
            lab().gateway().renewLease();
        }
    }

    @Test
    void thePhoneCanTakeAnAddressThatIsNotItsOwn() throws Exception {
        InetAddress stolen = Addresses.parse("192.168.1.10");
        try {
            lab().phone().stealAddress(stolen);
            await().atMost(PATIENCE)
                    .until(() -> lab().exec("router", "ip", "neigh", "show", "192.168.1.10")
                            .out()
                            .contains(lab().phone().mac().toString()));
        } finally {
            lab().phone().renewLease();
        }
    }

    @Test
    void theVacuumCanTakeAnotherMac() throws Exception {
        Mac other = Mac.parse("02:00:00:00:00:99");
        try {
            lab().vacuum().takeMac(other);
            await().atMost(PATIENCE)
                    .until(() -> lab().router().leases().stream().anyMatch(line -> line.contains(other.toString())));
        } finally {
            lab().vacuum().takeMac(lab().vacuum().mac());
        }
    }

    @Test
    void aRestartRunsBootUnitsBeforeLinksComeUpAndBringsAllElseBack() throws Exception {
        enableUnit("Before=network-pre.target");
        nft("table inet test { }\n");

        Boot boot = lab().router().restart();

        assertThat(boot.ok()).isTrue();
        assertThat(boot.commands()).singleElement().satisfies(step -> {
            assertThat(step.unit()).isEqualTo("early.service");
            assertThat(step.messages()).contains("lan0").contains("DOWN").doesNotContain("UP");
        });
        String rules = lab().exec("router", "nft", "list", "ruleset").out();
        assertThat(rules).contains("table inet filter", "masquerade", "dup to").doesNotContain("table inet test");
        lab().cloud().clear();
        assertThat(lab().hub().awaitReports(2, PATIENCE)).isTrue();
        assertThat(lab().cloud().await(LabInterferenceTest::isGatewaysKeepAlive, PATIENCE))
                .isTrue();
        assertThat(lab().router().leases()).anyMatch(line -> line.contains(GATEWAY));
    }

    private void enableUnit(String order) throws Exception {
        Path units = lab().router().root().resolve("etc/systemd/system");
        Path wants = Files.createDirectories(units.resolve("multi-user.target.wants"));
        Files.writeString(
                units.resolve("early.service"),
                "[Unit]\n" + order + "\n[Service]\nType=oneshot\nExecStart=/sbin/ip -brief link show lan0\n");
        Files.createSymbolicLink(wants.resolve("early.service"), Path.of("/etc/systemd/system/early.service"));
    }

    private static boolean isGatewaysKeepAlive(Arrival arrival) {
        return arrival.to(CloudNames.resolve(CloudNames.OT, Family.IPV4).getFirst(), Cloud.MIIO_UDP);
    }

    private void forward(String rule) throws Exception {
        nft("table inet test { chain forward { type filter hook forward priority -5; %s; }; }\n".formatted(rule));
    }

    private void nft(String commands) throws Exception {
        lab().host("router").run(new Command(List.of("nft", "-f", "-"), commands, PATIENCE));
    }
}
