package org.funkstille.routers.fritzbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterAccess;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Secret;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.router.Caveat;
import org.funkstille.core.router.Observation;
import org.funkstille.core.router.OpenWindow;
import org.funkstille.core.router.Reservation;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RemoteRouter;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;
import org.funkstille.routers.fritzbox.memory.Ledger;
import org.funkstille.routers.fritzbox.memory.LedgerFile;
import org.funkstille.routers.http.RouterHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FritzBoxDriverTest {

    private static final String GATEWAY = "78:11:DC:00:00:01";
    private static final String PHONE = "02:00:00:00:00:02";
    private static final String AT = "192.168.178.40";
    private static final String PHONE_AT = "192.168.178.50";
    private static final Policy SILENT = new Policy.Silent(Answer.DROP);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Patience SHORT = new Patience(Duration.ofMillis(400), Duration.ofMillis(10));

    @TempDir
    Path memory;

    private final StubBox box;
    private final List<FritzBoxDriver> drivers = new ArrayList<>();
    private Instant now = NOON;

    FritzBoxDriverTest() throws IOException {
        box = new StubBox();
    }

    @BeforeEach
    void plugIn() {
        box.host(AT, GATEWAY);
        box.host(PHONE_AT, PHONE);
    }

    @AfterEach
    void close() {
        drivers.forEach(FritzBoxDriver::close);
        box.close();
    }

    private static Device device(String name, String mac, Policy policy) {
        return new Device(
                name,
                List.of(Mac.parse(mac)),
                Optional.empty(),
                List.of(),
                "home",
                Optional.empty(),
                policy,
                List.of());
    }

    private static Home home(Device... devices) {
        return new Home(List.of(), List.of(), List.of(devices), JournalSettings.DEFAULT, false);
    }

    private static Home usual() {
        return home(device("gateway", GATEWAY, SILENT), device("phone", PHONE, new Policy.Online()));
    }

    private FritzBoxDriver driver(Home home) throws RouterException {
        return driver(home, "right");
    }

    private FritzBoxDriver driver(Home home, String password) throws RouterException {
        Via.Https via = new Via.Https("127.0.0.1", box.port());
        RouterAccess access = new RouterAccess(
                Optional.of("fritz4711"),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Router router = new Router(
                "box",
                RouterType.FRITZBOX,
                via,
                Optional.of(new Secret.Environment("PASSWORD")),
                "/",
                Optional.empty(),
                true,
                access);
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        FritzBoxDriver driver = new FritzBoxDriver(
                new RemoteRouter(
                        router,
                        home,
                        RouterHttp.to(router, via, memory, notice -> {}),
                        NetworkNamespace.current(),
                        new Secrets(Map.of("PASSWORD", password)),
                        memory,
                        clock),
                SHORT,
                1);
        drivers.add(driver);
        return driver;
    }

    private Plan plan(Home home, FritzBoxDriver driver) throws RouterException {
        return Planner.plan(home, driver.observe());
    }

    private void enforce(Home home, FritzBoxDriver driver) throws RouterException {
        driver.apply(plan(home, driver), change -> {});
        assertThat(plan(home, driver).changes()).isEmpty();
    }

    private StubBox.Host at(String address) {
        return Objects.requireNonNull(box.hosts.get(address));
    }

    private boolean locked(String address) {
        return at(address).disallow;
    }

    private Path ledger() {
        return memory.resolve("fritzbox-box.json");
    }

    // The login.

    @Test
    void aWrongPasswordIsSentOnceAlsoByTheNextProcess() throws Exception {
        FritzBoxDriver first = driver(usual(), "wrong-horse");
        for (FritzBoxDriver driver : List.of(first, first, driver(usual(), "wrong-horse"))) {
            assertThatThrownBy(driver::observe)
                    .isInstanceOf(RouterException.NotPermitted.class)
                    .hasMessageContaining("fritz4711")
                    .hasMessageContaining("fritzbox-box-login.json")
                    .hasMessageNotContaining("wrong-horse");
        }
        assertThat(box.failedLogins).isEqualTo(1);
        assertThat(memory.resolve("fritzbox-box-login.json")).content().doesNotContain("wrong-horse");

        assertThat(driver(usual()).observe().leases()).hasSize(2);
        assertThat(memory.resolve("fritzbox-box-login.json")).doesNotExist();
        assertThat(box.failedLogins).isEqualTo(1);
    }

    @Test
    void anOldNonceIsNoWrongPassword() throws Exception {
        FritzBoxDriver driver = driver(usual());
        driver.observe();
        box.nonce = "N2";

        assertThat(driver.observe().leases()).hasSize(2);
        assertThat(box.failedLogins).isZero();
    }

    @Test
    void aUserWithoutTheRightIsToldBeforeAnythingIsChanged() throws Exception {
        box.rights = "<rights><path>BoxAdmin</path><access>none</access></rights>";
        FritzBoxDriver driver = driver(usual());
        Plan plan = plan(usual(), driver);

        assertThatThrownBy(() -> driver.apply(plan, change -> {}))
                .isInstanceOf(RouterException.NotPermitted.class)
                .hasMessageContaining("FRITZ!Box Settings")
                .hasMessageContaining("System > FRITZ!Box Users");
        assertThat(box.count("Disallow")).isZero();
        assertThat(ledger()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "401, Permit access for apps",
        "606, FRITZ!Box Settings",
        "866, press a button on the box",
        "867, try again in an hour",
        "868, somebody else",
        "501, restart the box",
        "820, restart the box",
        "714, Switch the device on",
        "713, Switch the device on",
        "600, said no"
    })
    void eachFaultIsSaidInPlainWords(int code, String words) throws Exception {
        FritzBoxDriver driver = driver(usual());
        Plan plan = plan(usual(), driver);
        box.faults.put("DisallowWANAccessByIP", code);

        assertThatThrownBy(() -> driver.apply(plan, change -> {}))
                .isInstanceOf(RouterException.class)
                .hasMessageContaining(words)
                .hasMessageContaining(Integer.toString(code));
        assertThat(locked(AT)).isFalse();
    }

    @Test
    void halfAnAnswerIsNone() throws Exception {
        box.cut = Optional.of("GetInfo");

        assertThatThrownBy(driver(usual())::observe)
                .isInstanceOf(RouterException.Unreachable.class)
                .hasMessageContaining("GetInfo");
    }

    // Locks.

    @Test
    void whatIsToBeSilentIsLockedAndWhatIsNotStaysOpen() throws Exception {
        enforce(usual(), driver(usual()));

        assertThat(locked(AT)).isTrue();
        assertThat(locked(PHONE_AT)).isFalse();
        assertThat(driver(usual()).observe().caveats().stream().map(Caveat::kind))
                .contains(
                        Caveat.Kind.BY_ADDRESS,
                        Caveat.Kind.NO_RULE_SET,
                        Caveat.Kind.NO_CANARY,
                        Caveat.Kind.NO_RESERVATIONS);
        assertThat(driver(usual()).identity().closesWindows()).isFalse();
    }

    @Test
    void aBoxWithoutAListOfHostsIsWalked() throws Exception {
        box.hasList = false;

        enforce(usual(), driver(usual()));

        assertThat(locked(AT)).isTrue();
    }

    @Test
    void uninstallOpensWhatWeLockedAndNothingElse() throws Exception {
        StubBox.Host owners = box.host("192.168.178.60", "02:00:00:00:00:03");
        owners.disallow = true;
        box.host("192.168.178.61", "02:00:00:00:00:03"); // the same device, by cable and not locked
        Home home = home(device("gateway", GATEWAY, SILENT), device("console", "02:00:00:00:00:03", SILENT));
        FritzBoxDriver driver = driver(home);
        enforce(home, driver);

        assertThat(driver.uninstall())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("gateway", AT),
                        line -> assertThat(line).contains("console", "192.168.178.61"));

        assertThat(locked(AT)).isFalse();
        assertThat(locked("192.168.178.61")).isFalse();
        assertThat(owners.disallow).isTrue();
        assertThat(box.calls).noneMatch(call -> call.contains("192.168.178.60"));
        assertThat(ledger()).doesNotExist();
    }

    @Test
    void whatMayNoLongerBeUndoneIsSaidAndTheRestIsUndone() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        Reservation pinned = new Reservation("gateway", Mac.parse(GATEWAY), Addresses.parse(AT));
        Ledger ignored = new LedgerFile(ledger()).change(notes -> notes.with(new Ledger.Pin(pinned, Optional.empty())));

        assertThat(driver.uninstall()).anySatisfy(line -> assertThat(line).contains("still pinned", "by hand"));

        assertThat(locked(AT)).isFalse();
        assertThat(ledger()).content().contains("pins").doesNotContain("locks");
    }

    @Test
    void aLockWhoseDeviceTheBoxForgotIsSaid() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        box.hosts.remove(AT);

        assertThat(driver.uninstall()).singleElement().asString().contains("no longer knows", AT);
        assertThat(ledger()).as("it may come back").content().contains(AT);
    }

    @Test
    void thatALockIsOursIsWrittenDownBeforeItIsSet() throws Exception {
        FritzBoxDriver driver = driver(usual());
        Plan plan = plan(usual(), driver);
        box.faults.put("DisallowWANAccessByIP", 501); // as far as the box, and no further

        assertThatThrownBy(() -> driver.apply(plan, change -> {})).isInstanceOf(RouterException.class);

        assertThat(ledger()).content().contains(AT);
    }

    @Test
    void aBoxThatSaysYesAndDoesNothingIsFoundOut() throws Exception {
        FritzBoxDriver driver = driver(usual());
        Plan plan = plan(usual(), driver);
        box.lies = true;

        assertThatThrownBy(() -> driver.apply(plan, change -> {}))
                .isInstanceOf(RouterException.ReadBackDiffers.class)
                .hasMessageContaining(AT);
    }

    @Test
    void aLockThatIsTakenAwayOrADeviceThatMovesIsNoticed() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);

        at(AT).disallow = false;
        assertThat(plan(usual(), driver).changes()).hasAtLeastOneElementOfType(Change.SetRules.class);
        enforce(usual(), driver);

        box.hosts.remove(AT);
        box.host("192.168.178.41", GATEWAY);
        enforce(usual(), driver);
        assertThat(locked("192.168.178.41")).isTrue();
    }

    @Test
    void aLockThatHitsWhoeverTookTheAddressIsCalledBack() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        box.hosts.remove(PHONE_AT);
        box.host("192.168.178.41", GATEWAY);
        box.host(AT, PHONE).disallow = true; // the lock stayed with the address

        enforce(usual(), driver);

        assertThat(locked(AT)).isFalse();
        assertThat(locked("192.168.178.41")).isTrue();
    }

    @Test
    void whoMayGoOutAgainIsUnlocked() throws Exception {
        enforce(usual(), driver(usual()));
        Home online = home(device("gateway", GATEWAY, new Policy.Online()));
        enforce(online, driver(online));
        assertThat(locked(AT)).isFalse();

        enforce(usual(), driver(usual()));
        assertThat(plan(home(), driver(home())).changes()).hasAtLeastOneElementOfType(Change.RemoveRules.class);
        enforce(home(), driver(home()));
        assertThat(locked(AT)).isFalse();
    }

    @Test
    void anAllowListIsRefusedBeforeAnythingIsChanged() throws Exception {
        Home home = home(
                device("gateway", GATEWAY, SILENT),
                device("phone", PHONE, new Policy.AllowList(Answer.DROP, List.of())));
        FritzBoxDriver driver = driver(home);
        Plan plan = plan(home, driver);

        assertThatThrownBy(() -> driver.apply(plan, change -> {}))
                .isInstanceOf(RouterException.Refused.class)
                .hasMessageContaining("phone")
                .hasMessageContaining("Instead");
        assertThat(box.count("Disallow")).isZero();
    }

    @Test
    void aDeviceThatTheBoxNeverSawIsNamed() throws Exception {
        Home home = home(device("vacuum", "02:00:00:00:00:09", SILENT));

        Observation observed = driver(home).observe();

        assertThat(observed.caveats())
                .filteredOn(caveat -> caveat.kind() == Caveat.Kind.NOT_HELD)
                .singleElement()
                .satisfies(caveat -> assertThat(caveat.isAbout("vacuum")).isTrue())
                .extracting(Caveat::text)
                .asString()
                .contains("has not seen vacuum");
    }

    // Windows.

    private static Device gateway() {
        return usual().device("gateway").orElseThrow();
    }

    @Test
    void aWindowIsWrittenDownBeforeItOpensAndClosedByTheNextProcess() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        List<String> written = new ArrayList<>();
        box.beforeUnlock = () -> {
            try {
                written.add(Files.readString(ledger()));
            } catch (IOException notThere) {
                written.add("nothing");
            }
        };
        driver.openWindow(gateway(), Duration.ofMinutes(10));

        assertThat(written).singleElement().asString().contains("2026-11-23T12:10:00Z");
        assertThat(locked(AT)).isFalse();
        assertThat(driver.observe().windows())
                .containsExactly(new OpenWindow("gateway", NOON.plusSeconds(600), Optional.empty()));
        assertThat(plan(usual(), driver(usual())).changes()).isEmpty();

        now = NOON.plusSeconds(600);
        FritzBoxDriver next = driver(usual());
        assertThat(plan(usual(), next).changes()).contains(new Change.CloseWindow("gateway"));
        enforce(usual(), next);
        assertThat(locked(AT)).isTrue();
        assertThat(next.observe().windows()).isEmpty();
        assertThat(ledger()).content().doesNotContain("windows");
    }

    @Test
    void aWindowThatCannotBeOpenedIsShutAgainAndNotListed() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        box.faults.put("DisallowWANAccessByIP", 501);

        assertThatThrownBy(() -> driver.openWindow(gateway(), Duration.ofMinutes(10)))
                .isInstanceOf(RouterException.class);
        box.faults.clear();

        assertThat(locked(AT)).isTrue();
        assertThat(driver.observe().windows()).isEmpty();
        assertThat(plan(usual(), driver).changes()).isEmpty();
    }

    @Test
    void aProcessThatDiedBetweenNoteAndDeedLeavesTheDeviceShut() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        driver.openWindow(gateway(), Duration.ofMinutes(10));
        at(AT).disallow = true; // written down and never opened, or shut again and not struck out

        FritzBoxDriver next = driver(usual());
        assertThat(next.observe().windows()).isEmpty();
        assertThat(plan(usual(), next).changes()).isEmpty();
        next.closeWindow("gateway");
        assertThat(ledger()).content().doesNotContain("windows");
    }

    @Test
    void anOwnersLockThatAWindowLiftedIsHisAgainAfterIt() throws Exception {
        at(AT).disallow = true;
        FritzBoxDriver driver = driver(usual());
        assertThat(plan(usual(), driver).changes()).isEmpty();
        driver.openWindow(gateway(), Duration.ofMinutes(10));
        assertThat(locked(AT)).isFalse();

        driver.closeWindow("gateway");
        assertThat(locked(AT)).isTrue();
        driver.openWindow(gateway(), Duration.ofMinutes(10));
        driver.uninstall();

        assertThat(locked(AT)).isTrue();
    }

    @Test
    void aWindowOfADeviceThatIsOnlineByNowIsStruckOutAndTheDeviceStaysOpen() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        driver.openWindow(gateway(), Duration.ofMinutes(10));
        Home online = home(device("gateway", GATEWAY, new Policy.Online()));

        enforce(online, driver(online));

        assertThat(locked(AT)).isFalse();
        assertThat(ledger()).content().doesNotContain("windows").doesNotContain("locks");
    }

    @Test
    void aDamagedLedgerClosesWindowsAndIsToldOf() throws Exception {
        FritzBoxDriver driver = driver(usual());
        enforce(usual(), driver);
        driver.openWindow(gateway(), Duration.ofMinutes(10));
        Files.writeString(ledger(), "{");

        enforce(usual(), driver);

        assertThat(locked(AT)).isTrue();
        assertThat(driver.observe().caveats().getFirst().text()).contains("damaged");
    }

    @Test
    void theBoxIsKnownByItsAddresses() throws Exception {
        Observation observed = driver(usual()).observe();

        assertThat(observed.ownAddresses()).contains(Addresses.parse("192.168.178.1"));
        assertThat(observed.leases().stream().map(lease -> Addresses.text(lease.address())))
                .containsExactly(AT, PHONE_AT);
        assertThat(driver(usual()).openFlows(Set.<InetAddress>of())).isEmpty();
    }
}
