package org.funkstille.lab.facade.fritzbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Reservation;
import org.funkstille.guard.Enforcement;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Arrival;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.facade.http.Fault;
import org.funkstille.lab.network.Card;
import org.funkstille.lab.network.HostName;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.ProbeResult;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver against the simulated box, on real packets. */
class FritzBoxDriverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static @Nullable Lab shared;

    @TempDir
    Path memory;

    private final Deque<RouterDriver> drivers = new ArrayDeque<>();
    private final List<String> notices = new ArrayList<>();

    @BeforeAll
    static void buildLab() throws Exception {
        shared = BoxLab.up();
    }

    @AfterAll
    static void takeLabDown() throws Exception {
        if (shared != null) {
            shared.close();
        }
    }

    @AfterEach
    void closeDrivers() {
        drivers.forEach(RouterDriver::close);
    }

    private static Lab lab() {
        return Objects.requireNonNull(shared);
    }

    private static String yaml(String more) {
        return """
                routers:
                  - name: box
                    type: fritzbox
                    via: https://192.168.1.1
                    user: fritz4711
                    password: ${PASSWORD}
                    namespace: %s
                %s
                networks:
                  - {name: lan, interface: lan0, address: 192.168.1.0/24}
                  - {name: iot, interface: iot0, address: 192.168.20.0/24}
                devices:
                  - {name: gateway, mac: "%s", address: 192.168.20.50, network: iot, policy: silent}
                  - {name: vacuum, mac: "%s", network: iot, policy: online}
                """.formatted(
                        lab().name().namespaceName(HostName.HUB),
                        more,
                        Card.of(HostName.GATEWAY).mac(),
                        Card.of(HostName.VACUUM).mac());
    }

    private static Home home(String more) {
        return switch (HomeReader.read(
                "funkstille.yaml", yaml(more), new Profiles(List.of(), model -> Optional.empty()))) {
            case Reading.Good<Home>(Home home) -> home;
            case Reading.Bad<Home>(var faults) -> throw new IllegalArgumentException(faults.toString());
        };
    }

    private RouterDriver driver(Home home, Clock clock) throws RouterException {
        return driver(home, clock, Options.standard().password());
    }

    private RouterDriver driver(Home home, Clock clock, String password) throws RouterException {
        RouterDriver driver = new Drivers(new Secrets(Map.of("PASSWORD", password)), memory, notices::add, clock)
                .open(home.routers().getFirst(), home);
        drivers.push(driver);
        return driver;
    }

    private static List<Change> enforce(Home home, RouterDriver driver) throws RouterException {
        List<Change> done = new ArrayList<>();
        new Enforcement(home, driver).enforce(driver.observe(), done::add);
        assertThat(Planner.plan(home, driver.observe()).changes()).isEmpty();
        return done;
    }

    private static boolean isGatewaysIPv4(Arrival arrival) {
        return arrival.to(CloudNames.resolve(CloudNames.OT, Family.IPV4).getFirst(), Cloud.MIIO_UDP);
    }

    private static boolean isGateways(Arrival arrival) {
        return isGatewaysIPv4(arrival) || arrival.to(CloudNames.BARE_IPV6, Cloud.MIIO_TCP);
    }

    private static boolean arrives(Predicate<Arrival> kind, Duration patience) throws Exception {
        lab().cloud().clear();
        return lab().cloud().await(kind, patience);
    }

    @Test
    void aSilentGatewayIsSilentUntilAWindowAndAfterItAndNothingIsLeftOfUs() throws Exception {
        Home home = home("");
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            assertThat(arrives(FritzBoxDriverTest::isGatewaysIPv4, PATIENCE)).isTrue();
            String before = box.configuration();
            assertThat(before).contains("lock 192.168.1.77"); // the owner's own
            RouterDriver driver = driver(home, Clock.systemUTC());

            enforce(home, driver);
            assertThat(arrives(FritzBoxDriverTest::isGateways, QUIET)).isFalse();
            assertThat(notices).anySatisfy(notice -> assertThat(notice).contains("192.168.1.1:49443", "sha256:"));

            driver.openWindow(home.device("gateway").orElseThrow(), Duration.ofMinutes(10));
            assertThat(arrives(FritzBoxDriverTest::isGatewaysIPv4, PATIENCE)).isTrue();
            assertThat(Planner.plan(home, driver.observe()).changes()).isEmpty();

            RouterDriver later = driver(home, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11)));
            assertThat(enforce(home, later)).contains(new Change.CloseWindow("gateway"));
            assertThat(arrives(FritzBoxDriverTest::isGateways, QUIET)).isFalse();

            assertThat(later.uninstall()).isNotEmpty();
            assertThat(box.configuration()).isEqualTo(before);
            assertThat(arrives(FritzBoxDriverTest::isGatewaysIPv4, PATIENCE)).isTrue();
            assertThat(box.loginFailures()).isZero();
        }
    }

    private static final String PROBE = ("    probe: {interface: eth0, mac: \"02:00:5e:10:00:53\","
                    + " address: 192.168.1.250, to: [\"tcp %s:443\", \"tcp [%s]:80\"]}")
            .formatted(Addresses.text(CloudNames.BARE_TCP), Addresses.text(CloudNames.BARE_IPV6));

    @Test
    void theProbeSeesThatALockHoldsInBothFamilies() throws Exception {
        Home home = home(PROBE);
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            String before = box.configuration();
            RouterDriver driver = driver(home, Clock.systemUTC());

            ProbeResult result = driver.probe().orElseThrow();

            assertThat(result.detail()).contains("IPv4: locked, 192.168.1.250", "IPv6: locked, 2001:db8:1:");
            assertThat(result.awake()).isTrue();
            assertThat(result.escaped()).isEmpty();
            assertThat(box.configuration()).contains("lock 192.168.1.250");
            assertThat(driver.probe().orElseThrow().awake()).isTrue();

            driver.uninstall();
            assertThat(box.configuration()).isEqualTo(before);
        }
    }

    @Test
    void theProbeSeesWhereIPv6StaysOpen() throws Exception {
        Home home = home(PROBE);
        try (FritzBoxFacade box =
                FritzBoxFacade.takeOver(lab(), Options.standard().with(Quirk.IPV6_STAYS_OPEN))) {
            ProbeResult result = driver(home, Clock.systemUTC()).probe().orElseThrow();

            assertThat(result.awake()).isTrue();
            assertThat(result.escaped().stream().map(Endpoint::family)).containsExactly(Family.IPV6);
            assertThat(result.detail()).contains("IPv6: locked, 2001:db8:1:", "still got an answer");
            assertThat(box.loginFailures()).isZero();
        }
    }

    @Test
    void aProbeThatCannotWorkSaysWhyAndTellsNothing() throws Exception {
        try (FritzBoxFacade _ = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            assertThat(driver(home(PROBE.replace("eth0", "eth7")), Clock.systemUTC())
                            .probe())
                    .hasValueSatisfying(result -> {
                        assertThat(result.awake()).isFalse();
                        assertThat(result.detail()).contains("eth7");
                    });
            assertThat(driver(home(PROBE.replace("192.168.1.250", "192.168.1.1")), Clock.systemUTC())
                            .probe())
                    .hasValueSatisfying(result -> {
                        assertThat(result.awake()).isFalse();
                        assertThat(result.detail()).contains("taken by");
                    });
        }
    }

    private void pinsAndReleases(Options options) throws Exception {
        Home home = home("    allow: [web-interface]");
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), options)) {
            String before = box.configuration();
            RouterDriver driver = driver(home, Clock.systemUTC());

            enforce(home, driver);
            assertThat(driver.observe().reservations())
                    .containsExactly(new Reservation(
                            "gateway", Card.of(HostName.GATEWAY).mac(), Addresses.parse("192.168.20.50")));
            assertThat(box.configuration()).contains("always = 192.168.20.50");

            driver.uninstall();
            assertThat(box.configuration()).isEqualTo(before);
            assertThat(box.loginFailures()).isZero();
        }
    }

    @Test
    void anAddressIsPinnedByThePagesOfTheEighthGeneration() throws Exception {
        pinsAndReleases(Options.standard().with(Release.OS_8_20));
    }

    @Test
    void anAddressIsPinnedByThePagesOfTheSeventhGenerationAndAnOldLogin() throws Exception {
        pinsAndReleases(Options.standard().with(Quirk.MD5_LOGIN));
    }

    @Test
    void aBoxThatForgetsWhatItTookIsFoundOut() throws Exception {
        Home home = home("    allow: [web-interface]");
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            box.faults().all("POST", "/data.lua", new Fault.OkAndDoNothing());
            RouterDriver driver = driver(home, Clock.systemUTC());

            assertThatThrownBy(() -> enforce(home, driver))
                    .isInstanceOf(RouterException.ReadBackDiffers.class)
                    .hasMessageContaining("not pinned");
        }
    }

    @Test
    void aWrongPasswordIsSentOnceAndWhileTheBoxIsShutNoneIs() throws Exception {
        Home home = home("");
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            RouterDriver wrong = driver(home, Clock.systemUTC(), "wrong");
            assertThatThrownBy(wrong::observe).isInstanceOf(RouterException.NotPermitted.class);
            assertThatThrownBy(wrong::observe).isInstanceOf(RouterException.NotPermitted.class);
            assertThat(box.loginFailures()).isEqualTo(1);
            assertThat(box.locked()).isTrue();

            RouterDriver right = driver(home, Clock.systemUTC());
            assertThatThrownBy(right::observe)
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("lets nobody log in");
            box.clock().advance(Duration.ofMinutes(1));
            assertThat(right.observe().leases()).isNotEmpty();
            assertThat(box.loginFailures()).isEqualTo(1);
        }
    }

    @Test
    void aConfirmationAtTheBoxIsAskedForAndThenGoesWithTheCall() throws Exception {
        Home home = home("");
        try (FritzBoxFacade box =
                FritzBoxFacade.takeOver(lab(), Options.standard().with(Quirk.SECOND_FACTOR))) {
            assertThatThrownBy(() -> enforce(home, driver(home, Clock.systemUTC())))
                    .isInstanceOf(RouterException.NotPermitted.class)
                    .hasMessageContaining("press a button");
            box.pressButton();

            enforce(home, driver(home, Clock.systemUTC()));

            assertThat(arrives(FritzBoxDriverTest::isGateways, QUIET)).isFalse();
        }
    }

    @Test
    void anotherCertificateStopsTheDriverBeforeItSaysAnything() throws Exception {
        Home home = home("");
        try (FritzBoxFacade box = FritzBoxFacade.takeOver(lab(), Options.standard())) {
            driver(home, Clock.systemUTC()).observe();
            box.newCertificate();
            int sent = box.requests().size();

            assertThatThrownBy(driver(home, Clock.systemUTC())::observe)
                    .isInstanceOf(RouterException.CertificateChanged.class);
            assertThat(box.requests()).hasSize(sent);
        }
    }
}
