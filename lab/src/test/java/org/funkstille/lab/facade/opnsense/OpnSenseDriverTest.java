package org.funkstille.lab.facade.opnsense;

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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Profile;
import org.funkstille.core.net.Family;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.guard.Enforcement;
import org.funkstille.guard.Inspection;
import org.funkstille.guard.StateFolder;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.http.Fault;
import org.funkstille.lab.network.HostName;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver of OPNsense against simulated ones, judged by the packets that arrive in the cloud. */
@Timeout(120)
class OpnSenseDriverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BRIEF = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, 80);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, 80);
    private static final String GATEWAY = "aqara-gateway";
    private static final Profile PROFILE = new Profile(
            "lumi.gateway.v3", "gateway of the tests", Answer.REJECT, true, List.of(), List.of(), List.of());

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeEach
    void needsRoot() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T closeLater(T opened) {
        open.push(opened);
        return opened;
    }

    /** A home behind a simulated OPNsense, and the driver for it. */
    private record Scene(Lab lab, OpnSenseFacade box, Home home, RouterDriver driver) {

        Device gateway() {
            return home.device(GATEWAY).orElseThrow();
        }

        Enforcement.Outcome enforce() throws RouterException {
            return new Enforcement(home, driver).enforce(driver.observe(), change -> {});
        }

        boolean reaches(Family family, Duration patience) throws IOException, InterruptedException {
            InetSocketAddress server = family == Family.IPV4 ? CLOUD : CLOUD6;
            lab.cloud().clear();
            return lab.cloud().await(arrival -> arrival.to(server.getAddress(), server.getPort()), patience);
        }
    }

    private Scene scene(Options options) throws Exception {
        return scene(options, false);
    }

    private Scene scene(Options options, boolean refusesIpv6) throws Exception {
        Lab lab = closeLater(Lab.up("opnsense-" + ProcessHandle.current().pid()));
        OpnSenseFacade box = closeLater(OpnSenseFacade.takeOver(lab, options));
        Path key = Files.createTempFile("funkstille-opnsense-", ".key");
        Files.writeString(key, box.key() + "\n");
        closeLater(() -> Files.delete(key));
        Path memory = Files.createTempDirectory("funkstille-opnsense-");
        Home home = home(lab, key, refusesIpv6);
        RouterDriver driver = closeLater(new Drivers(new Secrets(Map.of()), memory, notice -> {}, Clock.systemUTC())
                .open(home.routers().getFirst(), home));
        return new Scene(lab, box, home, driver);
    }

    private static Home home(Lab lab, Path key, boolean refusesIpv6) {
        String routers = """
                routers:
                  - name: home
                    type: opnsense
                    via: https://192.168.1.1
                    key: {secret: %s}
                    namespace: %s
                    syslog: 192.168.1.10:5514
                networks:
                """.formatted(key, lab.name().namespaceName(HostName.HUB));
        String yaml = lab.homeYaml()
                .replaceFirst("(?s)routers:.*?networks:\n", routers)
                .replaceAll("(?m)^journal:.*\n", "")
                .replace("{name: iot,", refusesIpv6 ? "{name: iot, refuse-ipv6: true," : "{name: iot,");
        Profiles profiles = new Profiles(
                List.of(PROFILE.model()),
                model -> Optional.of(PROFILE).filter(profile -> profile.model().equals(model)));
        return switch (HomeReader.read("funkstille.yaml", yaml, profiles)) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(var faults) -> throw new IllegalArgumentException(faults.toString());
        };
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceIsSilentInBothFamiliesAndItsOpenFlowsEnd(Release release) throws Exception {
        Scene scene = scene(Options.of(release));
        String before = scene.box().configuration();
        try (Transfer four = scene.lab().gateway().openTransfer(CLOUD);
                Transfer six = scene.lab().gateway().openTransfer(CLOUD6)) {
            assertThat(four.awaitProgress(PATIENCE)).isTrue();
            assertThat(six.awaitProgress(PATIENCE)).isTrue();

            Enforcement.Outcome outcome = scene.enforce();

            assertThat(Planner.plan(scene.home(), outcome.after()).changes()).isEmpty();
            assertThat(outcome.after().damage()).isEmpty();
            assertThat(four.awaitStall(QUIET, PATIENCE)).isTrue();
            assertThat(six.awaitStall(QUIET, PATIENCE)).isTrue();
        }
        assertThat(scene.reaches(Family.IPV4, BRIEF)).isFalse();
        assertThat(scene.reaches(Family.IPV6, BRIEF)).isFalse();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                scene.driver().observe().counts().get(GATEWAY))
                        .satisfies(counts -> assertThat(counts.refused()).isPositive()));
        assertThat(scene.driver().openFlows(addresses(scene))).isEmpty();
        SavedRules rules = scene.driver().rules();
        assertThat(rules.parts()).singleElement().satisfies(part -> {
            assertThat(part.format()).isEqualTo("pf");
            assertThat(part.texts().getFirst().content()).contains("block return in log quick");
        });

        assertThat(scene.driver().uninstall()).isNotEmpty();

        assertThat(scene.box().configuration()).isEqualTo(before);
        assertThat(scene.driver().observe().rules()).isEmpty();
        assertThat(scene.reaches(Family.IPV4, PATIENCE)).isTrue();
    }

    private static Set<InetAddress> addresses(Scene scene) throws RouterException {
        return scene.driver().observe().addressesOf(scene.gateway());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "V25_1_12")
    void theBoxClosesAWindowByItsOwnCron(Release release) throws Exception {
        Scene scene = scene(Options.of(release));
        scene.enforce();
        assertThat(scene.driver().identity().closesWindows()).isTrue();

        Instant asked = Instant.now().plusSeconds(90);
        scene.driver().openWindow(scene.gateway(), Duration.ofSeconds(90));

        OpenWindow window = scene.driver().observe().windowOf(GATEWAY).orElseThrow();
        assertThat(window.until()).isBetween(asked.minusSeconds(5), asked.plusSeconds(5));
        assertThat(window.routerCloses())
                .hasValueSatisfying(closes -> assertThat(closes).isBetween(asked, asked.plusSeconds(120)));
        assertThat(scene.enforce().plan().changes())
                .as("an open window is as it should be")
                .isEmpty();
        assertThat(scene.reaches(Family.IPV4, PATIENCE)).isTrue();
        assertThat(scene.reaches(Family.IPV6, PATIENCE)).isTrue();

        scene.box().clock().advance(Duration.ofMinutes(3));

        assertThat(scene.driver().observe().windows()).isEmpty();
        int ignored = scene.driver().cutFlows(addresses(scene));
        assertThat(scene.reaches(Family.IPV4, BRIEF)).isFalse();
        assertThat(scene.reaches(Family.IPV6, BRIEF)).isFalse();
    }

    @Test
    void whereEntriesDoNotExpireTheWindowIsOursToClose() throws Exception {
        Scene scene = scene(Options.of(Release.V25_1_12));
        scene.enforce();
        assertThat(scene.driver().identity().closesWindows()).isFalse();
        scene.driver().openWindow(scene.gateway(), Duration.ofSeconds(90));
        scene.box().clock().advance(Duration.ofMinutes(20));

        OpenWindow window = scene.driver().observe().windowOf(GATEWAY).orElseThrow();
        assertThat(window.routerCloses()).isEmpty();
        assertThat(scene.reaches(Family.IPV4, PATIENCE)).isTrue();

        scene.driver().closeWindow(GATEWAY);

        assertThat(scene.driver().observe().windows()).isEmpty();
        int ignored = scene.driver().cutFlows(addresses(scene));
        assertThat(scene.reaches(Family.IPV4, BRIEF)).isFalse();
    }

    @Test
    void whereTheOwnersFloatingRuleLeavesNoRoomTheBoxMakesSome() throws Exception {
        Scene scene = scene(Options.of(Release.V26_1_11).withOwnersFloatingPass());

        Enforcement.Outcome outcome = scene.enforce();

        assertThat(outcome.after().damage()).isEmpty();
        assertThat(scene.reaches(Family.IPV4, BRIEF)).isFalse();
        assertThat(scene.reaches(Family.IPV6, BRIEF)).isFalse();
    }

    @Test
    void whatTheBoxSaysItDidAndDidNotIsFoundOut() throws Exception {
        Scene scene = scene(Options.of(Release.V26_7_2));
        Observation before = scene.driver().observe();
        scene.box().faults().all("POST", "/api/firewall/filter/apply", new Fault.OkAndDoNothing());
        scene.box().faults().all("POST", "/api/firewall/alias/reconfigure", new Fault.OkAndDoNothing());

        assertThatThrownBy(() -> new Enforcement(scene.home(), scene.driver()).enforce(before, change -> {}))
                .isInstanceOf(RouterException.ReadBackDiffers.class);
    }

    @Test
    void whatPfSaysProvesThatNothingOfTheDeviceGetsOut() throws Exception {
        Scene scene = scene(Options.of(Release.V26_7_2), true);
        scene.enforce();

        StateFolder state = new StateFolder(Files.createTempDirectory("funkstille-opnsense-state-"));
        Verdict verdict = new Inspection(scene.home(), scene.driver(), state, Clock.systemUTC())
                .inspect(Duration.ofSeconds(1)).stream()
                        .filter(one -> one.device().equals(GATEWAY))
                        .findFirst()
                        .orElseThrow();

        assertThat(verdict.proof().map(RuleProof::outcome)).as("%s", verdict).hasValue(RuleProof.Outcome.AS_WANTED);
    }

    @Test
    void aKeyThatMayNotSeePfsRulesDrivesAndSaysWhatCannotBeProved() throws Exception {
        Scene scene = scene(Options.of(Release.V26_7_2).refusing("/api/diagnostics/firewall/pf_statistics"));

        Observation after = scene.enforce().after();

        assertThat(after.caveats())
                .filteredOn(caveat -> caveat.kind() == Caveat.Kind.NO_RULE_SET)
                .singleElement()
                .satisfies(caveat -> assertThat(caveat.text()).contains("page-diagnostics-pf-info"));
        assertThat(after.has(Caveat.Kind.NOT_COMPARED)).isFalse();
        assertThat(scene.reaches(Family.IPV4, BRIEF)).isFalse();
    }
}
