package org.funkstille.lab.facade.opnsense;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.json.node.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.funkstille.lab.facade.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the interface answers, release by release. */
class OpnSenseApiTest extends FacadeTestBase {

    private static final String LAN_RULE = "\"interface\":\"lan\",\"action\":\"block\",\"description\":\"mine\"";

    @Test
    void whoHasNoKeyOrNoRightIsToldSoInTheWayOfOpnSense() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2).refusing("/api/kea/"));
        String path = "/api/core/firmware/status";
        assertThat(browser.send("GET", path, "", Map.of()).status()).isEqualTo(302);
        Browser.Answer wrong = browser.send("GET", path, "", Map.of("Authorization", Browser.basic("a:b")));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo("{\"status\":401,\"message\":\"Authentication Failed\"}");
        assertThat(browser.get("/api/kea/dhcpv4/search_subnet").status()).isEqualTo(403);
        assertThat(browser.get("/api/firewall/filter/no_such").body())
                .isEqualTo("{\"errorMessage\":\"Endpoint not found\"}");
        assertThat(browser.get("/api/firewall/filter/no_such").status()).isEqualTo(404);
        assertThat(browser.get(path).text("product.product_version")).isEqualTo("26.7.2");
        assertThat(browser.post(path, "").status()).as("JSON without any").isEqualTo(400);
    }

    @Test
    void commandsHaveTwoSpellingsAndWritesWantPost() throws Exception {
        Browser browser = browser(Options.of(Release.V25_7_11));
        assertThat(browser.get("/api/firewall/filter/addRule").body()).isEqualTo("{\"result\":\"failed\"}");
        assertThat(browser.get("/api/firewall/filter/add_rule").body()).isEqualTo("{\"result\":\"failed\"}");
        assertThat(browser.get("/api/firewall/filterUtil/ruleStats").text("status"))
                .isEqualTo("ok");
        assertThat(browser.get("/api/firewall/alias/getAliasUUID/h_printer").text("uuid"))
                .isNotEmpty();
        assertThat(browser.get("/api/firewall/alias/getAliasUUID/none").body()).isEqualTo("[]");
    }

    @Test
    void mistakesAreAnsweredWithStatus200() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2));
        String add = "/api/firewall/filter/add_rule";
        assertThat(browser.post(add, "{\"rule\":").body()).isEqualTo("{\"result\":\"failed\"}");
        assertThat(browser.post(add, "{\"roole\":{}}").body()).isEqualTo("{\"result\":\"failed\"}");
        Browser.Answer option = browser.post(add, "{\"rule\":{\"action\":\"drop\"}}");
        assertThat(option.status()).isEqualTo(200);
        assertThat(option.body())
                .isEqualTo("{\"result\":\"failed\",\"validations\":{\"rule.action\":\"Option [] not in list.\"}}");
        assertThat(browser.post(add, "{\"rule\":{\"ipprotocol\":\"inet46\",\"source_net\":\"192.168.1.9\"}}")
                        .body())
                .contains("Source address type should match selected TCP\\/IP protocol version.");
        assertThat(browser.post(add, "{\"rule\":{\"source_net\":\"nobody\",\"sequence\":\"0\"}}")
                        .body())
                .contains("nobody is not a valid source IP address or alias.", "Sequence shall be between");
        assertThat(browser.post(add, "{\"rule\":{\"source_net\":\"any,fd00::1,lan\"}}")
                        .body())
                .as("several messages make a list")
                .contains("\"rule.source_net\":[\"Source address type", "Any can not be combined");
        assertThat(browser.get("/api/firewall/filter/get_rule/none").body()).isEqualTo("[]");
    }

    @Test
    void rulesAreMadeChangedSwitchedAndTakenAwayAndTheOwnersStayByteForByte() throws Exception {
        Browser browser = browser(Options.of(Release.V25_7_11));
        String before = box().configuration();
        String uuid = add(browser, LAN_RULE + ",\"no_such_field\":\"x\",\"log\":true");
        Browser.Answer read = browser.get("/api/firewall/filter/get_rule/" + uuid);
        assertThat(read.text("rule.sequence")).as("highest and a hundred").isEqualTo("311");
        assertThat(read.text("rule.log")).isEqualTo("1");
        assertThat(read.text("rule.action.block.selected")).isEqualTo("1");
        assertThat(read.body()).doesNotContain("no_such_field");
        assertThat(browser.post("/api/firewall/filter/toggle_rule/" + uuid, "{}")
                        .body())
                .isEqualTo("{\"result\":\"Disabled\",\"changed\":true}");
        assertThat(browser.post("/api/firewall/filter/toggle_rule/" + uuid + "/0", "{}")
                        .body())
                .isEqualTo("{\"result\":\"Disabled\",\"changed\":false}");
        assertThat(browser.post("/api/firewall/filter/set_rule/" + uuid, "{\"rule\":{\"log\":\"0\"}}")
                        .body())
                .isEqualTo("{\"result\":\"saved\"}");
        assertThat(box().configuration()).contains(uuid).isNotEqualTo(before);
        assertThat(browser.post("/api/firewall/filter/del_rule/" + uuid, "{}").text("result"))
                .isEqualTo("deleted");
        assertThat(browser.post("/api/firewall/filter/del_rule/" + uuid, "{}").text("result"))
                .isEqualTo("not found");
        assertThat(box().configuration()).isEqualTo(before);
    }

    @Test
    void aReadOnlyUserChangesNothing() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2).withReadOnlyUser());
        String before = box().configuration();
        Browser.Answer answer = browser.post("/api/firewall/filter/add_rule", "{\"rule\":{}}");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text("errorMessage")).contains("denied for write access");
        assertThat(box().configuration()).isEqualTo(before);
    }

    @Test
    void whatIsAnsweredAndNotDoneLeavesNoTrace() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2));
        String before = box().configuration();
        String rules = box().rulesDebug();
        box().faults().next(2, "POST", "/api/firewall/", new Fault.OkAndDoNothing());
        assertThat(add(browser, LAN_RULE)).isNotEmpty();
        assertThat(browser.post("/api/firewall/filter/apply", "{}").body()).isEqualTo("{\"status\":\"OK\\n\\n\"}");
        assertThat(box().configuration()).isEqualTo(before);
        assertThat(box().rulesDebug()).isEqualTo(rules);
        add(browser, LAN_RULE);
        assertThat(box().configuration()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void rulesAreListedAsTheReleaseListsThem(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        String uuid = add(browser, LAN_RULE);
        String search = "/api/firewall/filter/search_rule";
        List<JsonNode> all = browser.get(search).rows();
        List<JsonNode> lan = browser.get(search + "?interface=lan").rows();
        JsonNode mine = lan.stream()
                .filter(row -> row.extract("uuid").equals(uuid))
                .findFirst()
                .orElseThrow();
        String floating = add(browser, "\"description\":\"everywhere\"");
        assertThat(browser.get(search + "?interface=lan").body().contains(floating))
                .isEqualTo(release.compareTo(Release.V26_1_11) >= 0);
        assertThat(browser.get(search + "?interface=lan&show_all=1").body()).contains(floating);
        assertThat(browser.get(search).body()).contains(floating);
        boolean listed = all.stream().anyMatch(row -> row.extract("uuid").equals(uuid));
        assertThat(listed).isEqualTo(release.compareTo(Release.V26_1_11) >= 0);
        boolean system = all.stream().anyMatch(row -> row.extract("uuid").equals(SystemRules.DEFAULT_DENY));
        assertThat(system).isEqualTo(release.compareTo(Release.V26_1_11) >= 0);
        if (release == Release.V25_1_12) {
            assertThat(mine.extract("action")).isEqualTo("Block");
            assertThat(mine.extract("statetype")).isEqualTo("keep state");
        } else {
            assertThat(mine.extract("action")).isEqualTo("block");
            assertThat(mine.extract("%action")).isEqualTo("Block");
            assertThat(mine.extract("prio_group")).isEqualTo("400000");
        }
        assertThat(browser.post(search + "?interface=lan", "{\"rowCount\":1,\"searchPhrase\":\"mine\"}")
                        .rows())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aNewRuleStandsBeforeTheDefaultRuleOnlyWhereThatIsOfTheOlderKind(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        String uuid = add(browser, LAN_RULE);
        browser.post("/api/firewall/filter/apply", "{}");
        String rules = box().rulesDebug();
        assertThat(rules).contains("block in quick on lan0 inet from {any} to {any} label \"" + uuid + "\" # mine");
        assertThat(rules.indexOf(uuid) < rules.indexOf("Default allow LAN to any rule"))
                .isEqualTo(release != Release.V26_7_2);
        assertThat(rules).contains(SystemRules.DEFAULT_DENY);
        assertThat(rules.indexOf("anti-lockout")).isLessThan(rules.indexOf(uuid));
    }

    @Test
    void aRuleIsMovedBeforeAnotherOfItsGroupOnly() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2).withOwnersFloatingPass());
        String first = add(browser, LAN_RULE);
        String move = "/api/firewall/filter/move_rule_before/";
        assertThat(browser.post(move + first + "/" + FactoryConfiguration.DEFAULT_LAN_RULE, "{}")
                        .text("status"))
                .isEqualTo("ok");
        browser.post("/api/firewall/filter/apply", "{}");
        assertThat(box().rulesDebug().indexOf(first))
                .isLessThan(box().rulesDebug().indexOf(FactoryConfiguration.DEFAULT_LAN_RULE));
        String floating = add(browser, "\"description\":\"everywhere\"");
        Browser.Answer refused = browser.post(move + floating + "/" + first, "{}");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text("errorMessage")).isEqualTo("Cannot move 'Floating Rule' before 'Interface Rule'.");
        assertThat(browser.post(move + first + "/" + SystemRules.DEFAULT_DENY, "{}")
                        .status())
                .isEqualTo(500);
        assertThat(box().rulesDebug().indexOf("all open, do not touch"))
                .isLessThan(box().rulesDebug().indexOf(first));
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aSavepointComesBackOrOnlySeemsToOrIsNoMore(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        Browser.Answer savepoint = browser.post("/api/firewall/filter/savepoint", "{}");
        if (release == Release.V26_7_2) {
            assertThat(savepoint.status()).isEqualTo(404);
            return;
        }
        String uuid = add(browser, LAN_RULE);
        browser.post("/api/firewall/filter/apply/" + savepoint.text("revision"), "{}");
        box().clock().advance(Duration.ofSeconds(80));
        assertThat(box().configuration().contains(uuid)).isEqualTo(release != Release.V25_1_12);
        assertThat(box().rulesDebug().contains(uuid)).isEqualTo(release != Release.V25_1_12);
    }

    @Test
    void theFullRevisionStandsInTheListOfBackups() throws Exception {
        Browser browser = browser(Options.of(Release.V26_1_11));
        browser.post("/api/firewall/filter/savepoint", "{}");
        String file = browser.get("/api/core/backup/backups/this").body();
        String revision = file.replaceAll("(?s).*?config-([0-9.]+)\\.xml.*", "$1");
        String kept = add(browser, LAN_RULE);
        browser.post("/api/firewall/filter/apply/" + revision, "{}");
        browser.post("/api/firewall/filter/cancel_rollback/" + revision, "{}");
        box().clock().advance(Duration.ofSeconds(80));
        assertThat(box().configuration()).as("cancelled").contains(kept);
        browser.post("/api/firewall/filter/apply/" + revision, "{}");
        box().clock().advance(Duration.ofSeconds(80));
        assertThat(box().configuration()).doesNotContain(kept);
    }

    @Test
    void aTableIsEmptyUntilAliasesAreLoaded() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2));
        alias(browser, "\"name\":\"dev\",\"type\":\"host\",\"content\":\"192.168.20.50\\nfd00:20::50\"");
        browser.post("/api/firewall/filter/apply", "{}");
        assertThat(box().rulesDebug()).contains("table <dev>");
        assertThat(browser.get("/api/firewall/alias_util/list/dev").rows()).isEmpty();
        reconfigure(browser);
        assertThat(browser.get("/api/firewall/alias_util/list/dev").rows())
                .extracting(row -> row.extract("ip"))
                .containsExactly("192.168.20.50", "fd00:20::50");
        String add = "/api/firewall/alias_util/add/";
        assertThat(browser.post(add + "dev", "{\"address\":\"192.168.20.51\"}").text("status"))
                .isEqualTo("done");
        assertThat(box().configuration()).contains("192.168.20.51");
        assertThat(browser.post(add + "dev", "{\"address\":\"FD00::1\"}").text("status"))
                .isEqualTo("not_an_address");
        assertThat(browser.post(add + "none", "{\"address\":\"192.168.20.51\"}").body())
                .isEqualTo("{\"status\":\"failed\",\"status_msg\":\"non existing alias none\"}");
        browser.post("/api/firewall/alias_util/flush/dev", "{}");
        assertThat(browser.get("/api/firewall/alias_util/list/dev").rows()).isEmpty();
        String uuid = browser.get("/api/firewall/alias/get_alias_u_u_i_d/dev").text("uuid");
        add(browser, LAN_RULE + ",\"source_net\":\"dev\",\"ipprotocol\":\"inet46\"");
        Browser.Answer used = browser.post("/api/firewall/alias/del_item/" + uuid, "{}");
        assertThat(used.status()).isEqualTo(500);
        assertThat(used.text("errorTitle")).isEqualTo("Alias in use");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aliasesAreListedWithTheBoxesOwn(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        assertThat(browser.get("/api/firewall/alias/search_item").rows())
                .extracting(row -> row.extract("name"))
                .contains("h_printer", "bogons", "__lan_network");
        JsonNode printer = browser.post("/api/firewall/alias/search_item?type=host", "{\"rowCount\":-1}")
                .rows()
                .getFirst();
        assertThat(printer.extract("content")).isEqualTo("192.168.1.30\n192.168.1.31");
        assertThat(printer.extract("current_items")).isEqualTo("2");
        assertThat(printer.extract("description")).isEqualTo("printer & scanner, Gäste");
        assertThat(printer.extract("type")).isEqualTo(release == Release.V25_1_12 ? "Host(s)" : "host");
    }

    @Test
    void anEndOfEntriesIsUnknownIn251AndAtLeastAMinuteLater() throws Exception {
        String window = "\"name\":\"w\",\"type\":\"external\",\"expire\":\"%s\"";
        Browser old = browser(Options.of(Release.V25_1_12));
        alias(old, window.formatted("5"));
        assertThat(box().configuration()).doesNotContain("expire");
        Browser browser = browser(Options.of(Release.V25_7_11));
        assertThat(browser.post("/api/firewall/alias/add_item", "{\"alias\":{" + window.formatted("59") + "}}")
                        .body())
                .contains("\"alias.expire\"");
        alias(browser, window.formatted("60"));
    }

    @Test
    void entriesOfExternalAliasesEndByCronAndAtARestart() throws Exception {
        Browser browser = browser(Options.of(Release.V25_7_11));
        alias(browser, "\"name\":\"brief\",\"type\":\"external\",\"expire\":\"300\"");
        alias(browser, "\"name\":\"long\",\"type\":\"external\",\"expire\":\"3600\"");
        reconfigure(browser);
        for (String name : List.of("brief", "long")) {
            browser.post("/api/firewall/alias_util/add/" + name, "{\"address\":\"192.168.20.50\"}");
        }
        reconfigure(browser);
        box().clock().advance(Duration.ofMinutes(4));
        assertThat(browser.get("/api/firewall/alias_util/list/brief").rows())
                .as("loading aliases leaves external ones")
                .hasSize(1);
        box().clock().advance(Duration.ofMinutes(2));
        assertThat(browser.get("/api/firewall/alias_util/list/brief").rows()).isEmpty();
        box().clock().advance(Duration.ofMinutes(53));
        assertThat(browser.get("/api/firewall/alias_util/list/long").rows()).hasSize(1);
        box().clock().advance(Duration.ofMinutes(16));
        assertThat(browser.get("/api/firewall/alias_util/list/long").rows()).isEmpty();
        browser.post("/api/firewall/alias_util/add/brief", "{\"address\":\"192.168.20.50\"}");
        String before = box().configuration();
        box().restart();
        assertThat(browser.get("/api/firewall/alias_util/list/brief").rows()).isEmpty();
        assertThat(browser.get("/api/firewall/alias_util/list/h_printer").rows())
                .hasSize(2);
        assertThat(box().configuration()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void countersAreZeroedByApplyAndKeptInACacheInTheReleasesBetween(Release release) throws Exception {
        Browser browser = browser(Options.of(release));
        String stats = "/api/firewall/filter_util/rule_stats";
        String label = SystemRules.DEFAULT_DENY;
        long first = evaluations(browser, stats, label);
        boolean cached = release == Release.V25_7_11 || release == Release.V26_1_11;
        for (int request = 0; request < 3; request++) {
            browser.get("/api/diagnostics/firewall/pf_states");
        }
        if (cached) {
            assertThat(evaluations(browser, stats, label)).isEqualTo(first);
            browser.post("/api/firewall/filter/flush_inspect_cache", "{}");
        }
        long second = evaluations(browser, stats, label);
        assertThat(second).isGreaterThan(first);
        assertThat(browser.get(stats)
                        .json()
                        .find("stats." + label + ".pf_rules")
                        .text())
                .isEqualTo("2");
        browser.post("/api/firewall/filter/apply", "{}");
        box().clock().advance(Duration.ofSeconds(301));
        assertThat(evaluations(browser, stats, label)).isLessThan(second);
    }

    private static long evaluations(Browser browser, String stats, String label) throws Exception {
        return browser.get(stats).json().extract("stats." + label + ".evaluations", -1L);
    }

    @Test
    void keptCountersOutliveAnApply() throws Exception {
        Browser browser = browser(Options.of(Release.V26_7_2).keepingCounters());
        String stats = "/api/firewall/filter_util/rule_stats";
        for (int request = 0; request < 5; request++) {
            browser.get(stats);
        }
        long before = evaluations(browser, stats, SystemRules.DEFAULT_DENY);
        browser.post("/api/firewall/filter/apply", "{}");
        assertThat(evaluations(browser, stats, SystemRules.DEFAULT_DENY)).isGreaterThan(before);
        assertThat(before).isPositive();
    }
}
