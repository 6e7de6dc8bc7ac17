package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.http.Fault;
import org.funkstille.lab.facade.pf.LoadedRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated pfSense: its API from the hub, its rules with real packets. */
@Timeout(90)
class PfSenseFacadeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, 80);
    private static final InetSocketAddress CLOUD_UDP = new InetSocketAddress(CloudNames.BARE_UDP, Cloud.MIIO_UDP);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, 80);

    private static @Nullable Lab lab;
    private static @Nullable PfSenseFacade box;
    private static @Nullable Client api;

    private String before = "";

    @BeforeAll
    static void takeOver() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        lab = Lab.up("pfsense-" + ProcessHandle.current().pid());
        box = PfSenseFacade.takeOver(
                lab(), PfSenseFacade.Options.usual().withJwtAuth(true).withLoginProtection(false));
        api = Client.withKey(lab().hub().host(), box().apiKey());
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

    private static Client api() {
        return Objects.requireNonNull(api);
    }

    @BeforeEach
    void remember() {
        before = box().configuration();
    }

    /** Rules before schedules. */
    @AfterEach
    void takeOursAway() throws Exception {
        box().faults().clear();
        api().delete("firewall/rules?descr__startswith=funkstille:");
        api().delete("firewall/schedules?name__startswith=fs_");
        api().delete("firewall/aliases?name__startswith=fs_");
        api().delete("services/dhcp_server/static_mappings?parent_id=opt1&descr__startswith=funkstille:&apply=true");
        api().post("firewall/apply", "async", false);
        assertThat(box().configuration()).as("the owner's own, byte for byte").isEqualTo(before);
    }

    @Test
    void aBlockOfTheDevicesAddressesActsAfterItWasAppliedAndItsStatesWereKilled() throws Exception {
        InetAddress device = device();
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD)) {
            alias("fs_gateway", device);
            Json.Fields rule = block("fs_gateway", "inet46");
            assertThat(rule.get("id").plain()).isEqualTo("0");
            assertThat(api().command("pfctl -sr")).doesNotContain("funkstille");
            assertThat(api().post("firewall/apply", "async", false).object().get("applied"))
                    .isEqualTo(Json.of(true));
            assertThat(api().command("pfctl -sr"))
                    .contains("block drop in log quick on iot0 inet from <fs_gateway> to any label \"USER_RULE: "
                            + "funkstille:gateway\" label \"id:"
                            + rule.get("tracker").plain() + "\" ridentifier "
                            + rule.get("tracker").plain());
            assertThat(transfer.awaitProgress(PATIENCE)).as("by its state").isTrue();
            assertThat(api().command("pfctl -k " + Addresses.text(device)))
                    .matches("killed [0-9]+ states from 1 sources and 0 destinations");
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> packets("funkstille:gateway") > 0);
            await().atMost(PATIENCE)
                    .until(() -> api().get("status/logs/firewall?limit=5&reverse=true").list().stream()
                            .anyMatch(line -> line.get("text")
                                    .plain()
                                    .contains("," + rule.get("tracker").plain() + ",iot0,match,block,in,4,")));
        }
    }

    @Test
    void aRuleWithoutPlacementStandsBehindTheDefaultRuleAndIsNeverHit() throws Exception {
        Client.Answer rule = api().post(
                        "firewall/rule",
                        "type",
                        "block",
                        "interface",
                        Json.texts(List.of("opt1")),
                        "ipprotocol",
                        "inet",
                        "protocol",
                        "udp",
                        "source",
                        Addresses.text(device()),
                        "destination",
                        "any",
                        "descr",
                        "funkstille:gateway",
                        "apply",
                        true,
                        "async",
                        false);
        assertThat(rule.object().get("quick").isNull())
                .as("for floating rules only")
                .isTrue();
        lab().cloud().clear();
        assertThat(reaches(CLOUD_UDP)).isTrue();
        assertThat(packets("funkstille:gateway")).isZero();
    }

    @Test
    void anImpossibleRulePoisonsTheWholeRuleSetWhileTheApiSaysApplied() throws Exception {
        List<LoadedRule> rules = box().pf().rules();
        Client.Answer rule = api().post(
                        "firewall/rule",
                        "type",
                        "block",
                        "interface",
                        Json.texts(List.of("opt1")),
                        "ipprotocol",
                        "inet46",
                        "source",
                        Addresses.text(device()),
                        "destination",
                        "any",
                        "descr",
                        "funkstille:gateway",
                        "placement",
                        0,
                        "apply",
                        true,
                        "async",
                        false);
        assertThat(rule.code()).isEqualTo(200);
        assertThat(api().get("firewall/apply").object().get("applied")).isEqualTo(Json.of(true));
        assertThat(box().refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("rule expands to no valid combination"));
        assertThat(box().pf().rules()).isEqualTo(rules);
    }

    @Test
    void statesOfIPv6AreListedButOnlyPfctlKillsThem() throws Exception {
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD6)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            String query = "firewall/states?interface=iot0&direction=in&destination="
                    + Addresses.text(CLOUD6.getAddress()) + "%5B80%5D";
            List<Json.Fields> states = api().get(query).list();
            assertThat(states)
                    .isNotEmpty()
                    .allMatch(state -> state.get("source").plain().contains("["));
            assertThat(api().delete(query).code()).isEqualTo(200);
            assertThat(transfer.awaitProgress(PATIENCE))
                    .as("nothing was killed")
                    .isTrue();
            lab().gateway().pausePhoning();
            String source = states.getLast().get("source").plain();
            for (InetAddress address : lab().gateway().addresses6()) {
                api().command("pfctl -k " + Addresses.text(address));
            }
            assertThat(source).contains("[");
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
        } finally {
            lab().gateway().resumePhoning();
        }
    }

    @Test
    void aScheduledRuleGoesWithTheQuarterThatEndsItAndTakesItsStatesAlong() throws Exception {
        alias("fs_gateway", device());
        block("fs_gateway", "inet");
        ZonedDateTime start = box().clock().now().truncatedTo(ChronoUnit.HOURS);
        schedule("fs_window", start);
        api().post(
                        "firewall/rule",
                        "type",
                        "pass",
                        "interface",
                        Json.texts(List.of("opt1")),
                        "ipprotocol",
                        "inet",
                        "source",
                        "fs_gateway",
                        "destination",
                        "any",
                        "floating",
                        true,
                        "quick",
                        true,
                        "direction",
                        "in",
                        "sched",
                        "fs_window",
                        "descr",
                        "funkstille:gateway window",
                        "placement",
                        0,
                        "apply",
                        true,
                        "async",
                        false);
        assertThat(box().rulesDebug()).contains("USER_RULE: funkstille:gateway window");
        try (Transfer transfer = lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            api().post("firewall/apply", "async", false); // states must end although this forgets their rule
            box().clock()
                    .advance(Duration.between(
                            box().clock().now(), start.plusHours(1).plusSeconds(1)));
            assertThat(box().rulesDebug()).contains("# schedule finished - funkstille:gateway window");
            assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE)).isTrue();
        }
        api().delete("firewall/schedules?name=fs_window&async=false");
        assertThat(box().rulesDebug())
                .as("without its schedule the rule has no end")
                .contains("label \"USER_RULE: funkstille:gateway window\"");
    }

    @Test
    void timeRangesAreCheckedAsThePackageDoes() throws Exception {
        assertThat(range("9:00-8:00").responseId())
                .isEqualTo("FIREWALL_SCHEDULE_TIME_RANGE_HOUR_START_TIME_GREATER_THAN_END_TIME");
        assertThat(range("9:07-10:00").responseId())
                .isEqualTo("FIREWALL_SCHEDULE_TIME_RANGE_HOUR_WITH_INVALID_MINUTES");
        assertThat(range("9:00-24:00").code()).isEqualTo(400);
        assertThat(range("23:45-23:59").code()).isEqualTo(200);
    }

    @Test
    void rulesOfOneSecondShareTheirTrackerAndIdsShift() throws Exception {
        Json.Fields first = block("any", "inet");
        Json.Fields second = block("any", "inet");
        assertThat(first.get("id")).isEqualTo(second.get("id"));
        List<Json.Fields> ours =
                api().get("firewall/rules?descr=funkstille:gateway").list();
        assertThat(ours).extracting(rule -> rule.get("id").plain()).containsExactly("0", "1");
        assertThat(api().get("firewall/rule?id=99").code()).isEqualTo(404);
        assertThat(api().get("firewall/rule?id=99").responseId()).isEqualTo("MODEL_OBJECT_NOT_FOUND");
    }

    @Test
    void aStaticMappingGivesTheDeviceItsAddressAndIsCheckedAgainstThePool() throws Exception {
        assertThat(mapping("192.168.20.150").code()).isEqualTo(409);
        assertThat(mapping("192.168.1.50").responseId())
                .isEqualTo("DHCP_SERVER_STATIC_MAPPING_IPADDR_NOT_WITHIN_SUBNET");
        assertThat(api().post("services/dhcp_server/static_mapping", "mac", "78:11:dc:12:34:56")
                        .responseId())
                .isEqualTo("MODEL_PARENT_ID_REQUIRED");
        assertThat(mapping("192.168.20.50").code()).isEqualTo(200);
        assertThat(mapping("192.168.20.51").responseId()).isEqualTo("FIELD_MUST_BE_UNIQUE");
        assertThat(api().post("services/dhcp_server/apply").object().get("applied"))
                .isEqualTo(Json.of(false));
        await().atMost(PATIENCE)
                .until(() -> api().get("services/dhcp_server/apply")
                        .object()
                        .get("applied")
                        .isTrue());
        lab().gateway().renewLease();
        await().atMost(PATIENCE)
                .until(() -> lab().gateway().address().equals(Optional.of(Addresses.parse("192.168.20.50"))));
        assertThat(api().get("status/dhcp_server/leases?ip=192.168.20.50").list())
                .anySatisfy(
                        lease -> assertThat(lease.get("active_status").plain()).isEqualTo("static"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                api().get("diagnostics/arp_table").list())
                        .anySatisfy(entry ->
                                assertThat(entry.get("ip_address").plain()).isEqualTo("192.168.20.50")));
    }

    @Test
    void whoMayDoWhatIsAsked() throws Exception {
        Client wrong = Client.withKey(lab().hub().host(), "00");
        assertThat(wrong.get("firewall/rules").code()).isEqualTo(401);
        assertThat(wrong.get("firewall/rules").responseId()).isEqualTo("AUTH_AUTHENTICATION_FAILED");
        Client basic = wrong.basic(box().user(), box().password());
        String token = basic.post("auth/jwt").object().get("token").plain();
        assertThat(wrong.bearer(token).get("system/version").code()).isEqualTo(200);
        assertThat(api().post("auth/jwt").code()).as("a key is no password").isEqualTo(401);
        assertThat(api().answer("POST", "firewall/rule", "{").responseId())
                .isEqualTo("JSON_CONTENT_HANDLER_COULD_NOT_DECODE_JSON");
        assertThat(api().post("firewall/rule", "type", "block").responseId()).isEqualTo("FIELD_IS_REQUIRED");
        assertThat(api().send("GET", "no/such", "").statusCode()).isEqualTo(404);
        assertThat(api().post("diagnostics/command_prompt", "command", "reboot")
                        .object()
                        .get("result_code"))
                .isEqualTo(Json.of(127));
    }

    @Test
    void aSwallowedRequestIsAnsweredAndDoesNothing() throws Exception {
        box().faults().next(1, "POST", "/api/v2/firewall/rule", new Fault.OkAndDoNothing());
        assertThat(block("any", "inet").get("tracker").isNull()).isFalse();
        assertThat(api().get("firewall/rules?descr=funkstille:gateway").list()).isEmpty();
    }

    @Test
    void theRouterNamesItsInterfacesItsZoneAndItsNeighbours() throws Exception {
        assertThat(api().get("interfaces").list())
                .extracting(one -> one.get("id").plain() + " " + one.get("if").plain() + " "
                        + one.get("ipaddr").plain())
                .containsExactly("wan wan0 198.51.100.2", "lan lan0 192.168.1.1", "opt1 iot0 192.168.20.1");
        assertThat(api().get("system/timezone").object().get("timezone").plain())
                .isEqualTo("Europe/Berlin");
        assertThat(api().command("date +%z")).matches("\\+0[12]00");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api().command("ndp -an")).contains("78:11:dc:12:34:56"));
    }

    @Test
    void aRestartLosesStatesAndKeepsTheConfiguration() throws Exception {
        alias("fs_gateway", device());
        block("fs_gateway", "inet");
        api().post("firewall/apply", "async", false);
        String configured = box().configuration();
        box().restart();
        assertThat(box().configuration()).isEqualTo(configured);
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(IOException.class::isInstance)
                .untilAsserted(() -> assertThat(api().get("diagnostics/table?id=fs_gateway")
                                .object()
                                .get("entries")
                                .plainItems())
                        .hasSize(1));
        await().atMost(PATIENCE).until(() -> packets("funkstille:gateway") > 0);
    }

    private static InetAddress device() throws Exception {
        return lab().gateway().address().orElseThrow();
    }

    private static void alias(String name, InetAddress address) throws Exception {
        Client.Answer answer = api().post(
                        "firewall/alias",
                        "name",
                        name,
                        "type",
                        "host",
                        "address",
                        Json.texts(List.of(Addresses.text(address))),
                        "descr",
                        "funkstille:gateway");
        assertThat(answer.code()).isEqualTo(200);
    }

    /** A floating quick rule before all others. */
    private static Json.Fields block(String source, String family) throws Exception {
        return api().post(
                        "firewall/rule",
                        "type",
                        "block",
                        "interface",
                        Json.texts(List.of("opt1")),
                        "ipprotocol",
                        family,
                        "source",
                        source,
                        "destination",
                        "any",
                        "floating",
                        true,
                        "quick",
                        true,
                        "direction",
                        "in",
                        "log",
                        true,
                        "descr",
                        "funkstille:gateway",
                        "placement",
                        0)
                .object();
    }

    private static void schedule(String name, ZonedDateTime hour) throws Exception {
        Json range = Json.fields(
                "month", Json.of(List.of(Json.of(hour.getMonthValue()))),
                "day", Json.of(List.of(Json.of(hour.getDayOfMonth()))),
                "hour", hour.getHour() + ":00-" + (hour.getHour() == 23 ? "23:59" : hour.getHour() + 1 + ":00"));
        Client.Answer answer =
                api().post("firewall/schedule", "name", name, "timerange", Json.of(List.of(range)), "async", false);
        assertThat(answer.object().get("active")).isEqualTo(Json.of(true));
    }

    private static Client.Answer range(String hours) throws Exception {
        Json range =
                Json.fields("month", Json.of(List.of(Json.of(2))), "day", Json.of(List.of(Json.of(29))), "hour", hours);
        return api().post(
                        "firewall/schedule",
                        "name",
                        "fs_" + hours.replaceAll("[^0-9]", "_"),
                        "timerange",
                        Json.of(List.of(range)));
    }

    private static Client.Answer mapping(String address) throws Exception {
        return api().post(
                        "services/dhcp_server/static_mapping",
                        "parent_id",
                        "opt1",
                        "mac",
                        "78:11:dc:12:34:56",
                        "ipaddr",
                        address,
                        "descr",
                        "funkstille:gateway");
    }

    private static long packets(String description) throws Exception {
        LoadedRule rule = box().pf().rules().stream()
                .filter(one -> one.rule().options().labels().contains("USER_RULE: " + description))
                .findFirst()
                .orElseThrow();
        return box().pf().counters(rule).packets();
    }

    private static boolean reaches(InetSocketAddress server) throws Exception {
        return lab().cloud().await(arrival -> arrival.to(server.getAddress(), server.getPort()), PATIENCE);
    }
}
