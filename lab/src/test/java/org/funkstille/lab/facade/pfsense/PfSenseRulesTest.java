package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.facade.pfsense.PfSenseHome.MARK;
import static org.funkstille.lab.facade.pfsense.PfSenseHome.first;
import static org.funkstille.lab.facade.pfsense.PfSenseHome.rule;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.funkstille.lab.facade.pf.LoadedRule;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer.Standing;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.read.pf.PfReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the rules of the simulated pfSense do to real packets, set by its API from the hub. */
@Timeout(90)
class PfSenseRulesTest {

    @RegisterExtension
    static final PfSenseHome HOME = new PfSenseHome();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofMillis(700);
    private static final InetSocketAddress CLOUD = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.MIIO_TCP);
    private static final InetSocketAddress CLOUD6 = new InetSocketAddress(CloudNames.BARE_IPV6, Cloud.MIIO_TCP);

    @Test
    void aBlockActsAfterItWasAppliedAndOnOpenFlowsAfterTheirStatesWereKilled() throws Exception {
        InetAddress device = HOME.device();
        try (Transfer transfer = HOME.lab().gateway().openTransfer(CLOUD)) {
            HOME.alias("fs_gateway", device);
            Json.Fields rule = HOME.block("fs_gateway", "inet46");
            String tracker = rule.get("tracker").plain();
            assertThat(HOME.api().command("pfctl -sr")).doesNotContain("funkstille");
            assertThat(HOME.apply().object().get("applied")).isEqualTo(Json.of(true));
            assertThat(HOME.api().command("pfctl -sr"))
                    .contains("block drop in log quick on iot0 inet from <fs_gateway> to any label \"USER_RULE: " + MARK
                            + "\" label \"id:" + tracker + "\" ridentifier " + tracker);
            assertThat(transfer.awaitProgress(PATIENCE)).as("by its state").isTrue();
            assertThat(HOME.api().command("pfctl -k " + Addresses.text(device)))
                    .matches("killed [0-9]+ states from 1 sources and 0 destinations");
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
            await().atMost(PATIENCE).until(() -> HOME.packets(MARK) > 0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(HOME.api()
                                    .get("status/logs/firewall?limit=50&reverse=true")
                                    .list())
                            .anySatisfy(line -> assertThat(line.get("text").plain())
                                    .contains(" pfSense filterlog[", "," + tracker + ",iot0,match,block,in,4,")));
        }
    }

    @Test
    void aRuleWithoutPlacementStandsBehindTheDefaultRuleAndIsNeverHit() throws Exception {
        String device = Addresses.text(HOME.device());
        Json.Fields rule = HOME.applied(rule("block", "inet", device).with("protocol", Json.of("udp")))
                .object();
        assertThat(rule.get("quick").isNull()).as("for floating rules only").isTrue();
        HOME.lab().cloud().clear();
        InetSocketAddress cloud = new InetSocketAddress(CloudNames.BARE_UDP, Cloud.MIIO_UDP);
        assertThat(HOME.lab().cloud().await(arrival -> arrival.to(cloud.getAddress(), cloud.getPort()), PATIENCE))
                .isTrue();
        assertThat(HOME.packets(MARK)).isZero();
    }

    @Test
    void anImpossibleRulePoisonsTheWholeRuleSetWhileTheApiSaysApplied() throws Exception {
        List<LoadedRule> before = HOME.box().pf().rules();
        String device = Addresses.text(HOME.device());
        assertThat(HOME.applied(first(rule("block", "inet46", device))).code()).isEqualTo(200);
        assertThat(HOME.api().get("firewall/apply").object().get("applied")).isEqualTo(Json.of(true));
        assertThat(HOME.box().refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("rule expands to no valid combination"));
        assertThat(HOME.box().pf().rules()).isEqualTo(before);
    }

    @Test
    void statesOfIPv6AreListedButOnlyPfctlKillsThem() throws Exception {
        try (Transfer transfer = HOME.lab().gateway().openTransfer(CLOUD6)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            String query = "firewall/states?interface=iot0&direction=in&destination="
                    + Addresses.text(CLOUD6.getAddress()) + "%5B80%5D";
            List<Json.Fields> states = HOME.api().get(query).list();
            assertThat(states).isNotEmpty();
            assertThat(HOME.api().delete(query).code()).isEqualTo(200);
            assertThat(transfer.awaitProgress(PATIENCE))
                    .as("nothing was killed")
                    .isTrue();
            String source = states.getFirst().get("source").plain();
            HOME.api().command("pfctl -k " + source.substring(0, source.indexOf('[')));
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
        }
    }

    @Test
    void statesOfIPv4AreKilledByTheApi() throws Exception {
        try (Transfer transfer = HOME.lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            String device = Addresses.text(HOME.device());
            assertThat(HOME.api()
                            .delete("firewall/states?source__startswith=" + device + ":")
                            .list())
                    .isNotEmpty();
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
        }
    }

    @Test
    void aScheduledRuleGoesWithTheQuarterThatEndsItAndTakesItsStatesAlong() throws Exception {
        String description = MARK + " window";
        HOME.alias("fs_gateway", HOME.device());
        HOME.block("fs_gateway", "inet");
        ZonedDateTime start = HOME.box().clock().now().truncatedTo(ChronoUnit.HOURS);
        ZonedDateTime end = schedule("fs_window", start);
        HOME.applied(first(rule("pass", "inet", "fs_gateway"))
                .with("sched", Json.of("fs_window"))
                .with("descr", Json.of(description)));
        assertThat(HOME.box().rulesDebug()).contains("USER_RULE: " + description);
        try (Transfer transfer = HOME.lab().gateway().openTransfer(CLOUD)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            HOME.apply(); // states must end although no rule that is loaded now is theirs
            HOME.box().clock().advance(Duration.between(HOME.box().clock().now(), end.plusSeconds(61)));
            assertThat(HOME.box().rulesDebug()).contains("# schedule finished - " + description);
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
        }
        HOME.api().delete("firewall/schedules?name=fs_window&async=false");
        assertThat(HOME.box().rulesDebug())
                .as("without its schedule the rule has no end")
                .contains("label \"USER_RULE: " + description + "\"");
    }

    @Test
    void aRestartLosesStatesAndKeepsTheConfiguration() throws Exception {
        HOME.alias("fs_gateway", HOME.device());
        HOME.block("fs_gateway", "inet");
        HOME.apply();
        String configured = HOME.box().configuration();
        HOME.box().restart();
        assertThat(HOME.box().configuration()).isEqualTo(configured);
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(IOException.class::isInstance)
                .untilAsserted(() -> assertThat(HOME.api()
                                .get("diagnostics/table?id=fs_gateway")
                                .object()
                                .get("entries")
                                .plainItems())
                        .hasSize(1));
        await().atMost(PATIENCE).until(() -> HOME.packets(MARK) > 0);
    }

    @Test
    void theProjectsOwnProofUnderstandsTheRulesThatTheRouterWrites() throws Exception {
        assertThat(proved(HOME.api().command("cat /tmp/rules.debug"))).isEqualTo(Standing.LEAKING);
        HOME.block("any", "inet46");
        HOME.apply();
        assertThat(proved(HOME.api().command("cat /tmp/rules.debug"))).isEqualTo(Standing.AS_WANTED);
        assertThat(proved(HOME.api().command("pfctl -sr"))).isEqualTo(Standing.AS_WANTED);
    }

    private static Standing proved(String rules) throws Exception {
        House house = new House(
                List.of(
                        new House.Leg("iot", "iot0", prefixes("192.168.20.0/24", "fd00:20::/64", "2001:db8:20::/64")),
                        new House.Leg("lan", "lan0", prefixes("192.168.1.0/24", "fd00:1::/64", "2001:db8:1::/64"))),
                List.of("wan0"));
        StringBuilder tables = new StringBuilder();
        for (String name : HOME.api().command("pfctl -sT").lines().toList()) {
            tables.append("table <").append(name).append(">\n");
            tables.append(HOME.api().command("pfctl -t " + name + " -T show")).append('\n');
        }
        Surroundings surroundings = new Surroundings(
                house,
                Instant.now(),
                Optional.empty(),
                List.of(new SourceText("tables", tables.toString())),
                List.of(),
                List.of());
        Prover prover = new Prover(
                new PfReader().read(List.of(new SourceText("rules", rules)), surroundings),
                Instant.now(),
                new Prover.Rigour(false, true));
        Subject gateway = new Subject(
                "gateway",
                "iot0",
                List.of(Mac.parse(PfSenseHome.GATEWAY_MAC)),
                List.of(HOME.device()),
                new Policy.Silent(Answer.DROP));
        return prover.prove(List.of(gateway)).getFirst().standing();
    }

    private static List<Prefix> prefixes(String... texts) {
        return List.of(texts).stream().map(Prefix::parse).toList();
    }

    /** An hour that begins then; at most until midnight. */
    private static ZonedDateTime schedule(String name, ZonedDateTime hour) throws Exception {
        String end = hour.getHour() == 23 ? "23:59" : hour.getHour() + 1 + ":00";
        Json.Fields range = Json.fields("hour", hour.getHour() + ":00-" + end)
                .with("month", Json.of(List.of(Json.of(hour.getMonthValue()))))
                .with("day", Json.of(List.of(Json.of(hour.getDayOfMonth()))));
        Json.Fields schedule =
                Json.fields("name", name, "async", false).with("timerange", Json.of(List.<Json>of(range)));
        assertThat(HOME.api().post("firewall/schedule", schedule).object().get("active"))
                .isEqualTo(Json.of(true));
        return hour.plusHours(1);
    }
}
