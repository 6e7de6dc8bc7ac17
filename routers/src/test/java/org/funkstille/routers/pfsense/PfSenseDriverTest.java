package org.funkstille.routers.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.routers.pf.PfHomes.SILENT;
import static org.funkstille.routers.pf.PfHomes.device;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Secret;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.DeviceRules;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;
import org.funkstille.routers.pf.PfHomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PfSenseDriverTest {

    private static final String ALLOW_ALL =
            "{\"type\":\"pass\",\"interface\":[\"lan\"],\"descr\":\"Default allow LAN to any\",\"tracker\":100000101}";
    private static final Instant NOW = Instant.parse("2026-11-23T09:07:00Z");
    private static final Device GATEWAY = device("gw", 1, "iot", "192.168.20.50", SILENT);

    private final Home home = PfHomes.home(false, GATEWAY);
    private StubPfSense router;
    private RouterDriver driver;
    private Instant now = NOW;

    @TempDir
    private Path memory;

    @BeforeEach
    void start() throws Exception {
        router = new StubPfSense();
        router.add("firewall/rules", ALLOW_ALL);
        driver = driver(home);
    }

    private RouterDriver driver(Home of) throws RouterException {
        RouterAccess access = new RouterAccess(
                Optional.empty(),
                Optional.of(new Secret.Environment("KEY")),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Router described = new Router(
                "home",
                RouterType.PFSENSE,
                new Via.Https("127.0.0.1", 443),
                Optional.empty(),
                "/",
                Optional.empty(),
                true,
                access);
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        return PfSenseDriver.open(new RemoteRouter(
                described,
                of,
                router.http(),
                NetworkNamespace.current(),
                new Secrets(Map.of("KEY", "topsecret")),
                memory,
                clock));
    }

    @AfterEach
    void stop() {
        driver.close();
        router.close();
    }

    /** Reservations need a DHCP server that keeps them; here they are there already. */
    private void pinned() {
        router.says(
                "services/dhcp_servers",
                "[{\"id\":\"opt1\",\"staticmap\":[{\"mac\":\"02:00:00:00:00:01\",\"ipaddr\":\"192.168.20.50\","
                        + "\"descr\":\"made by hand\"}]}]");
    }

    private Observation enforce() throws RouterException {
        return enforce(home);
    }

    private Observation enforce(Home of) throws RouterException {
        Plan plan = Planner.plan(of, driver.observe());
        driver.apply(plan, change -> {});
        Observation after = driver.observe();
        assertThat(Planner.plan(of, after).changes()).isEmpty();
        return after;
    }

    @Test
    void rulesAreLaidBeforeAllOthers_andAreExactlyWhatWasWanted() throws Exception {
        pinned();

        Observation after = enforce();

        assertThat(router.descriptions())
                .containsExactly("funkstille:gw everybody", "funkstille:gw silent", "Default allow LAN to any");
        assertThat(after.rules()).extracting(DeviceRules::device).containsExactly("gw");
        assertThat(after.ownAddresses()).contains(Addresses.parse("192.168.20.1"), Addresses.parse("fe80::1"));
        assertThat(after.ownPrefixes().get("igb1.20"))
                .extracting(Object::toString)
                .containsExactly("192.168.20.0/24");
        assertThat(after.has(Caveat.Kind.NO_RULE_SET)).isTrue();
        assertThat(after.has(Caveat.Kind.NO_CANARY)).isTrue();
        assertThat(router.all("firewall/rules").get(1).toString())
                .contains("type=reject", "ipprotocol=inet46", "floating=true", "quick=true", "direction=in", "log=true")
                .contains("interface=[opt1]");
    }

    @Test
    void aRuleOfTheOwnerThatCameBeforeOurs_isPassedBy_andStaysAsItIs() throws Exception {
        pinned();
        enforce();
        router.insert(
                "firewall/rules",
                0,
                "{\"type\":\"pass\",\"interface\":[\"opt1\"],\"floating\":true,\"quick\":true,\"descr\":\"mine\",\"tracker\":7}");

        Observation damaged = driver.observe();
        enforce();

        assertThat(damaged.damage()).singleElement().asString().contains("mine");
        assertThat(router.descriptions())
                .containsExactly("funkstille:gw everybody", "funkstille:gw silent", "mine", "Default allow LAN to any");
    }

    @Test
    void aRuleThatWasSwitchedOff_isMadeAnew_andOnlyThatOne() throws Exception {
        pinned();
        enforce();
        String kept = router.all("firewall/rules").get(0).toString();
        String before = StubPfSense.text(router.all("firewall/rules").get(1), "tracker");
        router.all("firewall/rules").get(1).add("disabled", true);

        assertThat(driver.observe().rules()).noneMatch(rules -> rules.macs().contains(PfHomes.mac(1)));
        enforce();

        assertThat(router.all("firewall/rules").get(0)).hasToString(kept);
        assertThat(StubPfSense.text(router.all("firewall/rules").get(1), "tracker"))
                .isNotEqualTo(before);
    }

    @Test
    void ruleThatSomebodyAddsWhileWeDelete_isNotTheOneThatGoes() throws Exception {
        pinned();
        enforce();
        router.all("firewall/rules").get(1).add("disabled", true);
        Plan plan = Planner.plan(home, driver.observe());
        router.once("DELETE firewall/rules", () -> {
            router.insert("firewall/rules", 0, "{\"type\":\"pass\",\"descr\":\"just now\",\"tracker\":8}");
            return Optional.empty();
        });

        driver.apply(plan, change -> {});

        assertThat(router.descriptions())
                .containsExactlyInAnyOrder(
                        "just now", "funkstille:gw everybody", "funkstille:gw silent", "Default allow LAN to any");
    }

    @Test
    void anAliasThatSomebodyChanged_isPutRight_atItsPlaceOfThatMoment() throws Exception {
        pinned();
        enforce();
        router.all("firewall/aliases").getFirst().add("address", PfSenseApi.array(List.of("192.168.20.99")));
        router.insert("firewall/aliases", 0, "{\"name\":\"mine\",\"type\":\"host\",\"address\":[\"192.0.2.1\"]}");

        enforce();

        assertThat(router.all("firewall/aliases").getFirst().toString()).contains("192.0.2.1");
    }

    @Test
    void aWindow_isARuleWithAScheduleInTheRoutersTime_andIsClosedRuleFirst() throws Exception {
        pinned();
        enforce();

        driver.openWindow(GATEWAY, Duration.ofMinutes(15));

        assertThat(router.descriptions().getFirst()).isEqualTo("funkstille:gw window until 2026-11-23T09:22:00Z");
        assertThat(router.all("firewall/schedules").getFirst().toString()).contains("10:00-10:30");
        OpenWindow window = driver.observe().windowOf("gw").orElseThrow();
        assertThat(window.until()).isEqualTo(Instant.parse("2026-11-23T09:22:00Z"));
        assertThat(window.routerCloses()).contains(Instant.parse("2026-11-23T09:30:00Z"));
        assertThat(Planner.plan(home, driver.observe()).changes()).isEmpty();

        router.requests.clear();
        driver.closeWindow("gw");

        assertThat(driver.observe().windows()).isEmpty();
        assertThat(router.all("firewall/schedules")).isEmpty();
        List<String> deletions = router.requests.stream()
                .filter(request -> request.startsWith("DELETE"))
                .map(request -> request.replaceFirst(" \\{.*", ""))
                .toList();
        assertThat(deletions)
                .containsExactly("DELETE firewall/rules", "DELETE firewall/schedules", "DELETE firewall/aliases");
    }

    @Test
    void aLongerWindow_takesThePlaceOfTheFirst() throws Exception {
        pinned();
        enforce();
        driver.openWindow(GATEWAY, Duration.ofMinutes(15));

        driver.openWindow(GATEWAY, Duration.ofMinutes(60));

        assertThat(driver.observe().windows())
                .extracting(OpenWindow::until)
                .containsExactly(Instant.parse("2026-11-23T10:07:00Z"));
        assertThat(router.all("firewall/schedules")).hasSize(1);
    }

    @Test
    void aWindowWhoseTimeIsOver_isTakenAway_soThatItDoesNotComeBackInAYear() throws Exception {
        pinned();
        enforce();
        driver.openWindow(GATEWAY, Duration.ofMinutes(15));
        now = Instant.parse("2026-11-23T09:31:00Z");
        router.all("firewall/schedules").forEach(schedule -> schedule.add("active", false));

        assertThat(driver.observe().windows()).isEmpty();
        enforce();

        assertThat(router.descriptions()).noneMatch(description -> description.contains("window"));
        assertThat(router.all("firewall/schedules")).isEmpty();
    }

    @Test
    void aWindowWhoseScheduleWasDeleted_isOpenForEver_andToldSo() throws Exception {
        pinned();
        enforce();
        driver.openWindow(GATEWAY, Duration.ofMinutes(15));
        router.all("firewall/schedules").clear();

        assertThat(driver.observe().windowOf("gw").orElseThrow().routerCloses()).isEmpty();
        enforce();
        assertThat(driver.observe().windows()).isEmpty();
    }

    @Test
    void aRouterWithAnotherClock_opensNoWindow() throws Exception {
        pinned();
        enforce();
        router.once("GET firewall/schedules", Optional::empty);
        router.once("POST firewall/schedule", () -> {
            router.once("GET firewall/schedules", () -> {
                router.all("firewall/schedules").forEach(schedule -> schedule.add("active", false));
                return Optional.empty();
            });
            return Optional.empty();
        });

        assertThatThrownBy(() -> driver.openWindow(GATEWAY, Duration.ofMinutes(15)))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("clock");
        assertThat(router.all("firewall/schedules")).isEmpty();
    }

    @Test
    void anAddressInThePool_orTakenByAnother_isRefusedInPlainWords() throws Exception {
        router.answerOnce(
                "POST services/dhcp_server/static_mapping",
                409,
                StubPfSense.error(409, "DHCP_SERVER_STATIC_MAPPING_IPADDR_OVERLAPS_EXISTING_OBJECT", "overlaps")
                        .body());
        Plan plan = Planner.plan(home, driver.observe());
        assertThatThrownBy(() -> driver.apply(plan, change -> {}))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("lies in the pool");

        router.says(
                "services/dhcp_servers",
                "[{\"id\":\"opt1\",\"staticmap\":[{\"mac\":\"02:00:00:00:00:99\",\"ipaddr\":\"192.168.20.50\","
                        + "\"descr\":\"printer\"}]}]");
        assertThatThrownBy(() -> driver.apply(Planner.plan(home, driver.observe()), change -> {}))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("02:00:00:00:00:99")
                .hasMessageContaining("printer");
    }

    @Test
    void aMappingThatTheOwnerMadeHimself_isAsGoodAsOurs() throws Exception {
        pinned();

        assertThat(driver.observe().reservations())
                .containsExactly(new Reservation("gw", PfHomes.mac(1), Addresses.parse("192.168.20.50")));
        assertThat(driver.uninstall()).isEmpty();
    }

    @Test
    void statesOfOneAddress_areCut_andNotThoseOfAnotherThatBeginsAlike() throws Exception {
        state("192.168.20.5:4000", "198.51.100.7:443");
        state("192.168.20.50:4000", "198.51.100.7:443");

        assertThat(driver.cutFlows(Set.of(Addresses.parse("192.168.20.5")))).isEqualTo(1);

        assertThat(driver.openFlows(Set.of(Addresses.parse("192.168.20.50")))).hasSize(1);
        assertThat(driver.openFlows(Set.of(Addresses.parse("192.168.20.5")))).isEmpty();
    }

    private void state(String source, String destination) {
        router.add(
                "firewall/states",
                "{\"interface\":\"igb1.20\",\"protocol\":\"tcp\",\"direction\":\"in\",\"source\":\"%s\",\"destination\":\"%s\",\"state\":\"ESTABLISHED:ESTABLISHED\"}"
                        .formatted(source, destination));
    }

    @Test
    void uninstall_takesAwayOursOnly() throws Exception {
        pinned();
        router.add(
                "firewall/aliases",
                "{\"name\":\"mine\",\"type\":\"host\",\"address\":[\"192.0.2.1\"],\"descr\":\"x\"}");
        enforce();
        driver.openWindow(GATEWAY, Duration.ofMinutes(15));

        List<String> removed = new ArrayList<>(driver.uninstall());

        assertThat(removed).contains("rule \"funkstille:gw silent\"");
        assertThat(router.descriptions()).containsExactly("Default allow LAN to any");
        assertThat(router.all("firewall/aliases")).hasSize(1);
        assertThat(router.all("firewall/schedules")).isEmpty();
    }

    @Test
    void anInterfaceThatIsNotThere_isNamed_withThoseThatAre() throws Exception {
        router.says("status/interfaces", "[{\"name\":\"lan\",\"descr\":\"LAN\",\"hwif\":\"em1\"}]");

        assertThatThrownBy(() -> driver.observe())
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("igb1.20")
                .hasMessageContaining("em1 (LAN)");
    }

    @Test
    void aFilterThatIsNeverApplied_isNotBelieved() throws Exception {
        FilterLoad load = new FilterLoad(router.api(), Optional.empty(), Duration.ofMillis(500));
        router.says("firewall/apply", "{\"applied\":false,\"pending_subsystems\":[\"filter\"]}");

        assertThatThrownBy(load::apply).isInstanceOf(RouterException.ReadBackDiffers.class);
    }

    @Test
    void rulesThatPfDidNotTake_areNotBelieved_whateverTheApiSays() throws Exception {
        router.says(
                "diagnostics/command_prompt", "{\"output\":\"@0 block drop in all ridentifier 11\",\"result_code\":0}");
        FilterLoad load =
                new FilterLoad(router.api(), Optional.of(new CommandPrompt(router.api())), Duration.ofMillis(500));

        load.load(List.of("11"));
        assertThatThrownBy(() -> load.load(List.of("11", "12")))
                .isInstanceOf(RouterException.ReadBackDiffers.class)
                .hasMessageContaining("12");
    }
}
