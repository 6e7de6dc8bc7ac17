package org.funkstille.routers.opnsense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FilterRulesTest {

    private static final String OURS = "11111111-2222-4333-8444-555555555555";
    private static final String OWNERS = "21111111-2222-4333-8444-555555555555";
    private static final String SEARCH = "firewall/filter/search_rule";

    private static final Legs LEGS = new Legs(List.of(new Leg("em1", "lan", "LAN", List.of(), List.of())));

    private final StubRouter router = new StubRouter();

    @AfterEach
    void close() {
        router.close();
    }

    private FilterRules rules(String version) {
        return new FilterRules(
                router.api(), new Offering("OPNsense", Version.in(version), Set.of("icmptype", "icmp6type"), true));
    }

    @Test
    void of251OurRulesAreReadOneByOneBecauseRowsSayWhatThePageDisplays() throws RouterException {
        router.answers(
                SEARCH,
                "{\"rows\":[{\"uuid\":\"" + OURS
                        + "\",\"description\":\"funkstille:cam silent\",\"sequence\":\"2\",\"action\":\"Block\",\"interface\":\"\"}]}");
        router.answers(
                SEARCH + "?interface=lan",
                "{\"rows\":[{\"uuid\":\"" + OWNERS
                        + "\",\"description\":\"mine\",\"sequence\":\"1\",\"action\":\"Pass\",\"interface\":\"LAN\"}]}");
        router.answers("firewall/filter/get_rule/" + OURS, """
                {"rule":{"enabled":"1","sequence":"2","description":"funkstille:cam silent","quick":"1","log":"1",
                 "action":{"pass":{"value":"Pass","selected":0},"block":{"value":"Block","selected":1}},
                 "interface":{"lan":{"value":"LAN","selected":0}},
                 "direction":{"in":{"value":"In","selected":1}},
                 "ipprotocol":{"inet46":{"value":"IPv4+IPv6","selected":1}},
                 "protocol":{"any":{"value":"any","selected":1}},
                 "source_net":{"fs_cam":{"value":"fs_cam","selected":1},"lan":{"value":"LAN net","selected":0}},
                 "source_not":"0","destination_net":"any","destination_not":"0","destination_port":"","source_port":"",
                 "statetype":{"keep":{"value":"keep state","selected":1}},"sched":"","gateway":{"":{"value":"default","selected":1}}}}
                """);

        List<FilterRule> found = rules("25.1.12").read(LEGS);

        assertThat(found).extracting(FilterRule::uuid).containsExactly(OURS, OWNERS);
        assertThat(found).extracting(FilterRule::floating).containsExactly(true, false);
        assertThat(found.getFirst().fields())
                .containsEntry("action", "block")
                .containsEntry("source_net", "fs_cam")
                .containsEntry("ipprotocol", "inet46")
                .containsEntry("log", "1")
                .containsEntry("interface", "")
                .doesNotContainKey("gateway");
    }

    @Test
    void of267TheSystemsRulesInTheListAreLeftOut() throws RouterException {
        router.answers(SEARCH, """
                {"rows":[
                 {"uuid":"02f4bab031b57d1e30553ce08e0ec131","description":"Default deny","sequence":"","prio_group":"1"},
                 {"uuid":"%s","description":"funkstille:cam silent","enabled":"1","sequence":"7","action":"reject",
                  "interface":"","prio_group":"200000","sched":"nights"},
                 {"uuid":"%s","description":"Default allow LAN to any rule","sequence":"1","action":"pass",
                  "interface":"lan","prio_group":"400000"}]}
                """.formatted(OURS, OWNERS));

        List<FilterRule> found = rules("26.7.2").read(LEGS);

        assertThat(found).extracting(FilterRule::uuid).containsExactly(OURS, OWNERS);
        assertThat(found).extracting(FilterRule::floating).containsExactly(true, false);
        assertThat(found.getFirst().sequence()).isEqualTo(7);
        assertThat(found.getFirst().fields())
                .as("a schedule that somebody put in makes it another rule")
                .containsEntry("sched", "nights");
        assertThat(router.asked()).as("one question is enough").hasSize(1);
    }

    @Test
    void ofEqualSequencesTheOwnersRuleCountsAsFirst() {
        FilterRule ours = new FilterRule(OURS, "funkstille:cam silent", 1, true, Map.of());
        FilterRule owners = new FilterRule(OWNERS, "mine", 1, true, Map.of());

        assertThat(List.of(ours, owners).stream().sorted(FilterRule.ORDER)).containsExactly(owners, ours);
    }

    @Test
    void rulesTakeTheLowestFreeSequencesAndKeepThoseThatFit() {
        assertThat(Places.of(List.of(Optional.empty(), Optional.empty(), Optional.empty()), 100))
                .hasValue(List.of(1, 2, 3));
        assertThat(Places.of(List.of(Optional.of(1), Optional.empty(), Optional.of(2)), 100))
                .as("one is put between two")
                .hasValue(List.of(1, 2, 3));
        assertThat(Places.of(List.of(Optional.of(5), Optional.of(9)), 100)).hasValue(List.of(5, 9));
        assertThat(Places.of(List.of(Optional.of(99), Optional.empty()), 100))
                .as("the owner's first rule has 100")
                .hasValue(List.of(1, 2));
        assertThat(Places.of(List.of(Optional.empty(), Optional.empty()), 2)).isEmpty();
    }
}
