package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of scripts/filter/pfstatistics.py; an empty section is an empty list, as PHP has it. */
final class PfRulesTest {

    private static final String OURS = "11111111-2222-4333-8444-555555555555";

    private static final Legs LEGS = new Legs(List.of(
            new Leg("em0", "wan", "WAN", List.of(Addresses.parse("203.0.113.2")), List.of()),
            new Leg(
                    "em1",
                    "lan",
                    "LAN",
                    List.of(Addresses.parse("192.168.1.1")),
                    List.of(Prefix.parse("192.168.1.0/24")))));

    private final StubRouter router = new StubRouter();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void linesComeInTheirOrderWithWhatTheyCounted() throws RouterException {
        router.answers(PfRules.ROUTE, """
                {"rules":{"filter rules":{
                 "@10 block return in log quick inet6 from <fs_cam:1> to any label \\"%1$s\\"":{"evaluations":9,"packets":2,"inserted":"uid 0 pid 77 "},
                 "@9 block return in log quick inet from <fs_cam:1> to any label \\"%1$s\\"":{"evaluations":9,"packets":3,"bytes":1,"states":0,"inserted":"uid 0 pid 77 "}},
                 "nat rules":[]}}
                """.formatted(OURS));

        PfRules rules = PfRules.read(router.api()).orElseThrow();

        assertThat(rules.filter()).extracting(PfRules.PfRule::number).containsExactly(9, 10);
        assertThat(rules.filter().getFirst().text()).startsWith("block return in log quick inet from <fs_cam:1>");
        assertThat(rules.has(OURS)).isTrue();
        assertThat(rules.tables()).containsExactly("fs_cam");
        assertThat(InForce.read(router.api(), new Offering("OPNsense", Optional.empty(), Set.of(), true))
                        .packets())
                .hasValue(Map.of(OURS, 5L));
    }

    @Test
    void whereTheyMayNotBeSeenCountersComeFromTheirOwnRouteAndAreOldInSomeVersions() throws RouterException {
        router.answers(PfRules.ROUTE, 403, "{}");
        router.answers(
                "firewall/filter_util/rule_stats",
                "{\"status\":\"ok\",\"stats\":{\"" + OURS
                        + "\":{\"pf_rules\":2,\"packets\":4},\"x\":{\"pf_rules\":0}}}");

        InForce fresh = InForce.read(router.api(), offering("26.7.2"));
        assertThat(fresh.rules()).isEmpty();
        assertThat(fresh.packets()).hasValue(Map.of(OURS, 4L));
        assertThat(fresh.fresh()).isTrue();
        assertThat(InForce.read(router.api(), offering("26.1.11")).fresh()).isFalse();

        router.answers("firewall/filter/flush_inspect_cache", "{\"status\":\"ok\"}");
        assertThat(InForce.read(router.api(), offering("26.1.11")).fresh()).isTrue();
    }

    private static Offering offering(String version) {
        return new Offering("OPNsense " + version, Version.in(version), Set.of(), true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | pass in quick inet from any to any flags S/SA keep state label \"l\"",
                "true | pass quick on em1 all flags S/SA keep state label \"l\"",
                "true | pass in quick on em1 inet from (em1:network) to any flags S/SA keep state label \"l\"",
                "true | pass in quick on em1 inet from <unheard> to any flags S/SA keep state label \"l\"",
                "true | pass in quick on mygroup inet from 192.168.0.0/16 to any keep state label \"l\"",
                "false | pass in quick on em0 inet from any to any keep state label \"l\"",
                "false | pass in quick on em1 inet6 all flags S/SA keep state label \"l\"",
                "false | pass in quick inet from <hub:1> to any flags S/SA keep state label \"l\"",
                "false | pass in quick inet from 192.168.1.77 to any flags S/SA keep state label \"l\"",
                "false | pass in on em1 inet all flags S/SA keep state label \"l\"",
                "false | pass out quick inet all flags S/SA keep state label \"l\"",
                "false | block drop in log quick inet all label \"l\"",
                "false | pass in log quick on em1 proto udp from any port = bootpc to 255.255.255.255 port = bootps keep state label \"l\"",
                "false | pass in log quick inet6 proto ipv6-icmp all icmp6-type neighbrsol keep state label \"l\"",
                "false | pass in log quick on em1 proto tcp from any to (self) port = https flags S/SA keep state label \"l\"",
            })
    void foreignRulesThatCouldLetTheDeviceOutAreFound(boolean found, String text) {
        PfRules rules = new PfRules(
                List.of(
                        new PfRules.PfRule(1, text, Set.of("l"), 0, ""),
                        new PfRules.PfRule(2, "block in quick from <fs_cam> to any", Set.of(OURS), 0, ""),
                        new PfRules.PfRule(3, "pass in quick all", Set.of("behind"), 0, "")),
                List.of());

        List<String> before = new ForeignRules(LEGS, Map.of("hub", List.of("192.168.1.10")))
                .before(rules, Set.of(OURS), OURS, Set.of(Addresses.parse("192.168.1.50")), Set.of("em1"));

        assertThat(before).isEqualTo(found ? List.of(text) : List.of());
    }

    @Test
    void countersOutliveAReloadThatZeroesThem() {
        Counters counters = new Counters();
        counters.learn(Map.of("a", 5L, "b", 1L));
        counters.learn(Map.of("a", 2L, "b", 1L));
        counters.learn(Map.of("a", 3L, "b", 4L));

        assertThat(counters.total(List.of("a"))).isEqualTo(8);
        assertThat(counters.total(List.of("a", "b", "never heard of"))).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | IPv6 RFC4890 requirements (ICMP) | pass in log quick inet6 proto ipv6-icmp all icmp6-type unreach keep state",
                "true | anti-lockout rule | pass in log quick on em1 proto tcp from any to (self) port = https keep state",
                "false | anti-lockout rule | pass in quick on em1 all keep state",
                "false | IPv6 RFC4890 requirements (ICMP) | pass in quick inet6 all keep state",
                "false | let me out | pass in log quick inet6 proto ipv6-icmp all icmp6-type unreach keep state",
            })
    void onlyRulesThatLookLikeTheSystemsAreTakenForThem(boolean systems, String name, String text) throws Exception {
        router.answers("diagnostics/firewall/list_rule_ids", "{\"items\":[{\"id\":\"l\",\"descr\":\"" + name + "\"}]}");

        String written = RuleNames.read(router.api()).inSections(new PfRules.PfRule(1, text, Set.of("l"), 0, ""), text);

        assertThat(written)
                .isEqualTo(systems ? "# [prio: 1]\n" + text + " # " + name + "\n# [prio: 200000]\n" : text + "\n");
    }
}
