package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.guard.Enforcement;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.Secrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver for pfSense against the simulated one, with real packets. */
@Timeout(180)
class PfSenseDriverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, 80);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, 80);

    private static @Nullable Lab lab;
    private static @Nullable PfSenseFacade box;

    @TempDir
    private Path memory;

    private String before = "";

    @BeforeAll
    static void takeOver() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        lab = Lab.up("pfsense-driver-" + ProcessHandle.current().pid());
        box = PfSenseFacade.takeOver(lab(), PfSenseFacade.Options.usual());
    }

    @AfterAll
    static void end() throws Exception {
        if (box != null) {
            box.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private static Lab lab() {
        return Objects.requireNonNull(lab);
    }

    private static PfSenseFacade box() {
        return Objects.requireNonNull(box);
    }

    @BeforeEach
    void remember() {
        before = box().configuration();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        box().faults().clear();
        try (RouterDriver driver = driver(home("silent", ""))) {
            driver.uninstall();
        }
        assertThat(box().configuration()).as("the owner's own, byte for byte").isEqualTo(before);
    }

    private static Home home(String policy, String allow) {
        String yaml = """
                routers:
                  - name: home
                    type: pfsense
                    via: https://192.168.1.1
                    key: ${KEY}
                    namespace: %s
                    syslog: 192.168.1.10:5514
                    %s
                networks:
                  - {name: lan, interface: lan0, address: 192.168.1.0/24, address6: ["fd00:1::/64", "2001:db8:1::/64"]}
                  - {name: iot, interface: iot0, address: 192.168.20.0/24, address6: ["fd00:20::/64", "2001:db8:20::/64"]}
                  - {name: internet, interface: wan0}
                devices:
                  - {name: gateway, mac: "%s", address: 192.168.20.50, network: iot, policy: %s, reach: [hub]}
                  - {name: hub, mac: "%s", address: 192.168.1.10, network: lan, policy: online}
                """.formatted(
                        lab().hub().host().namespace().name().orElseThrow(),
                        allow,
                        lab().gateway().mac(),
                        policy,
                        lab().hub().mac());
        return switch (HomeReader.read("funkstille.yaml", yaml, new Profiles(List.of(), model -> Optional.empty()))) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(var faults) -> throw new IllegalArgumentException(faults.toString());
        };
    }

    private static Home home() {
        return home("silent", "allow: [command-prompt]");
    }

    private RouterDriver driver(Home home) throws Exception {
        Clock clock = box().clock().withZone(ZoneOffset.UTC);
        return new Drivers(new Secrets(Map.of("KEY", box().apiKey())), memory, notice -> {}, clock)
                .open(home.routers().getFirst(), home);
    }

    private static void enforce(Home home, RouterDriver driver) throws Exception {
        new Enforcement(home, driver).enforce(driver.observe(), change -> {});
    }

    private static boolean reaches(InetSocketAddress server) throws IOException, InterruptedException {
        try (Transfer transfer = lab().gateway().openTransfer(server)) {
            return transfer.awaitProgress(QUIET);
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void aDeviceIsSilencedWithItsOpenFlow_inBothFamilies_andOtherThingsAreAsBeforeAfterUninstall() throws Exception {
        Home home = home();
        try (RouterDriver driver = driver(home);
                Transfer open = lab().gateway().openTransfer(CLOUD);
                Transfer open6 = lab().gateway().openTransfer(CLOUD6)) {
            assertThat(open.awaitProgress(PATIENCE)).isTrue();
            assertThat(open6.awaitProgress(PATIENCE)).isTrue();

            enforce(home, driver);

            assertThat(open.awaitStall(QUIET, PATIENCE)).isTrue();
            assertThat(open6.awaitStall(QUIET, PATIENCE)).isTrue();
            assertThat(reaches(CLOUD)).isFalse();
            assertThat(reaches(CLOUD6)).isFalse();
            await().atMost(PATIENCE).untilAsserted(() -> {
                Counts counts = driver.observe().counts().getOrDefault("gateway", Counts.ZERO);
                assertThat(counts.refused()).isPositive();
            });
            Observation after = driver.observe();
            assertThat(Planner.plan(home, after).changes()).isEmpty();
            Set<InetAddress> held = after.addressesOf(home.device("gateway").orElseThrow());
            assertThat(driver.openFlows(held))
                    .noneMatch(flow -> flow.destination().port() == 80);
        }
    }

    @Test
    void aWindowLetsTheDeviceOut_andTheRouterClosesItAlone() throws Exception {
        Home home = home();
        Device gateway = home.device("gateway").orElseThrow();
        try (RouterDriver driver = driver(home)) {
            enforce(home, driver);
            Instant now = box().clock().instant();

            driver.openWindow(gateway, Duration.ofMinutes(20));

            OpenWindow window = driver.observe().windowOf("gateway").orElseThrow();
            Instant closes = window.routerCloses().orElseThrow();
            assertThat(window.until()).isBetween(now.plusSeconds(1199), now.plusSeconds(1260));
            assertThat(closes).isBetween(window.until(), window.until().plusSeconds(900));
            assertThat(Planner.plan(home, driver.observe()).changes()).isEmpty();
            try (Transfer open = lab().gateway().openTransfer(CLOUD)) {
                assertThat(open.awaitProgress(PATIENCE)).isTrue();

                box().clock().advance(Duration.between(box().clock().instant(), closes.plusSeconds(2)));

                assertThat(open.awaitStall(QUIET, PATIENCE)).isTrue();
            }
            assertThat(reaches(CLOUD)).isFalse();
            assertThat(driver.observe().windows()).isEmpty();
            enforce(home, driver);
            assertThat(box().configuration()).doesNotContain("window until");
        }
    }

    @Test
    void aWindowIsClosedByUs_beforeItsTime() throws Exception {
        Home home = home();
        try (RouterDriver driver = driver(home)) {
            enforce(home, driver);
            driver.openWindow(home.device("gateway").orElseThrow(), Duration.ofHours(2));
            assertThat(reaches(CLOUD)).isTrue();

            driver.closeWindow("gateway");
            Observation after = driver.observe();
            driver.cutFlows(after.addressesOf(home.device("gateway").orElseThrow()));

            assertThat(after.windows()).isEmpty();
            assertThat(reaches(CLOUD)).isFalse();
        }
    }

    @Test
    void withoutTheCommandPrompt_ipv4IsSilenced_andWhatIsMissingIsTold() throws Exception {
        Home home = home("silent", "");
        try (RouterDriver driver = driver(home)) {
            enforce(home, driver);

            assertThat(reaches(CLOUD)).isFalse();
            assertThatThrownBy(driver::rules).hasMessageContaining("command-prompt");
        }
    }

    @Test
    void theRulesInForce_areReadWhole() throws Exception {
        Home home = home();
        try (RouterDriver driver = driver(home)) {
            enforce(home, driver);

            SavedRules rules = driver.rules();

            assertThat(rules.doubts()).isEmpty();
            assertThat(rules.zone()).contains(box().clock().zone());
            assertThat(rules.parts().getFirst().texts().getFirst().content())
                    .contains("USER_RULE: funkstille:gateway silent");
            assertThat(rules.tables().getFirst().content())
                    .contains("table <fs_gateway_")
                    .contains("192.168.20.50");
        }
    }

    @Test
    void theCanaryIsRefused_andTheLogNamesARuleOfOurs() throws Exception {
        Home home = home();
        try (RouterDriver driver = driver(home)) {
            enforce(home, driver);
            EvidenceAccess.OfRouter evidence = (EvidenceAccess.OfRouter) driver.evidence();
            Set<String> trackers = evidence.log().orElseThrow().refusing().get();

            driver.sendCanary();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(box().pf().log().lines())
                            .anyMatch(line -> line.contains("192.0.2.83")
                                    && trackers.stream().anyMatch(id -> line.contains("," + id + ","))));
            assertThat(driver.canary().orElseThrow().source()).isEqualTo(Addresses.parse("192.168.1.10"));
        }
    }
}
