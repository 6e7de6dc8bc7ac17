package org.funkstille.proof.read.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.filter.Condition.all;
import static org.funkstille.proof.filter.Condition.in;
import static org.funkstille.proof.read.nft.Listings.base;
import static org.funkstille.proof.read.nft.Listings.chain;
import static org.funkstille.proof.read.nft.Listings.ct;
import static org.funkstille.proof.read.nft.Listings.match;
import static org.funkstille.proof.read.nft.Listings.meta;
import static org.funkstille.proof.read.nft.Listings.payload;
import static org.funkstille.proof.read.nft.Listings.rule;
import static org.funkstille.proof.read.nft.Listings.rules;
import static org.funkstille.proof.read.nft.Listings.set;
import static org.funkstille.proof.read.nft.Listings.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

final class NftReaderTest {

    private static final String ACCEPT = "{'accept':null}";
    private static final String TO_OTHER = "{'jump':{'target':'other'}}";
    private static final Condition IPV4 = in(Field.FAMILY, Field.IPV4);
    private static final Condition HEADER = Condition.any(
            in(Field.LATER_FRAGMENT, 0), new Condition.Choice("a later fragment that has octets in place of a header"));
    private static final Condition TRACKED = in(Field.STATE, ValueSet.of(3, Range.of(1, 3)));

    private static Condition condition(String match, String... sets) {
        List<Rule> rules = rules(rule("c", match, ACCEPT), sets);
        assertThat(rules).hasSize(1);
        return rules.getFirst().condition();
    }

    private static Condition transport(long protocol, Condition... more) {
        Condition needs = all(in(Field.PROTOCOL, protocol), HEADER);
        return all(needs, all(more));
    }

    @Test
    void whatTheJsonLeavesImplicit_isAsked() {
        assertThat(condition(match(payload("tcp", "dport"), "==", "80")))
                .isEqualTo(transport(6, in(Field.DESTINATION_PORT, 80)));
        assertThat(condition(match(payload("ip", "ttl"), "<", "5")))
                .isEqualTo(all(IPV4, in(Field.HOP_LIMIT, ValueSet.of(8, Range.of(0, 4)))));
        assertThat(condition(match(payload("icmp", "type"), "==", "'echo-request'")))
                .isEqualTo(all(IPV4, transport(1, in(Field.ICMP_TYPE, 8))));
        assertThat(condition(match(payload("icmpv6", "type"), "==", "'echo-request'")))
                .isEqualTo(all(in(Field.FAMILY, Field.IPV6), transport(58, in(Field.ICMP_TYPE, 128))));
    }

    @Test
    void negation_leavesTheDependenciesAlone() {
        assertThat(condition(match(payload("tcp", "dport"), "!=", "{'set':[22,{'range':[80,90]}]}")))
                .isEqualTo(transport(
                        6,
                        in(
                                Field.DESTINATION_PORT,
                                ValueSet.ofAll(16, List.of(Range.of(22, 22), Range.of(80, 90)))
                                        .complement())));
    }

    @Test
    void portsOfNoProtocol_areTheSendersOctetsWhereThereAreNoPorts() {
        Condition bare = condition(match(payload("th", "dport"), "==", "53"));
        assertThat(bare.toString()).contains("Choice[what=th dport 53]");
        Condition bound = rules(rule(
                        "c",
                        match(meta("l4proto"), "==", "{'set':['tcp','udp']}"),
                        match(payload("th", "dport"), "==", "53"),
                        ACCEPT))
                .getFirst()
                .condition();
        assertThat(bound)
                .isEqualTo(all(
                        in(Field.PROTOCOL, ValueSet.ofAll(8, List.of(Range.of(6, 6), Range.of(17, 17)))),
                        HEADER,
                        in(Field.DESTINATION_PORT, 53)));
    }

    @Test
    void portsInAConcatenation_areTheSendersOctetsWhereThereAreNoPorts() {
        String key = "{'concat':[" + meta("l4proto") + "," + payload("th", "dport") + "]}";
        Condition ports = new Condition.In(Field.PROTOCOL, Selectors.WITH_PORTS);
        Condition found = condition(match(key, "==", "{'set':[{'concat':[1,80]},{'concat':[6,80]}]}"));
        assertThat(found)
                .isEqualTo(all(
                        HEADER,
                        Condition.any(
                                all(
                                        ports,
                                        new Condition.Row(
                                                List.of(Field.PROTOCOL, Field.DESTINATION_PORT),
                                                List.of(
                                                        List.of(ValueSet.of(8, 1), ValueSet.of(16, 80)),
                                                        List.of(ValueSet.of(8, 6), ValueSet.of(16, 80))))),
                                all(
                                        Condition.not(ports),
                                        in(Field.PROTOCOL, 1),
                                        new Condition.Choice("meta l4proto . th dport is 1 . 80")))));
        assertThat(condition(match(key, "==", "{'set':[{'concat':[6,80]}]}")).toString())
                .doesNotContain("th dport is");
    }

    @Test
    void portsAsTheKeyOfAVerdictMap_areTheSendersOctetsWhereThereAreNoPorts() {
        List<Rule> rules = rules(
                rule("c", "{'vmap':{'key':" + payload("th", "dport") + ",'data':{'set':[[22,{'accept':null}]]}}}"));
        assertThat(rules).hasSize(2);
        assertThat(rules.getFirst().action()).isInstanceOf(Action.Lookup.class);
        assertThat(rules.getLast().action()).isEqualTo(Action.ACCEPT);
        assertThat(rules.getLast().condition().toString()).contains("Choice[what=th dport is 22]");
    }

    @Test
    void laterFragments_haveNoOctetsForRulesWhereTracking_putsThemTogetherBefore() {
        String asking = rule("base", match(ct("state"), "in", "'new'"), match(payload("tcp", "dport"), "==", "80"));
        RuleSet late = table(base("inet", "'type':'filter','hook':'forward','prio':0"), asking);
        RuleSet early = table(base("inet", "'type':'filter','hook':'ingress','dev':'br-lan','prio':0"), asking);
        assertThat(late.showsFragments()).isFalse();
        assertThat(late.chain("inet t base").rules().getFirst().condition().toString())
                .doesNotContain("Choice");
        assertThat(early.showsFragments()).isTrue();
        assertThat(early.chain("inet t base").rules().getFirst().condition().toString())
                .contains("Choice");
    }

    @Test
    void neighboursThatMustNotBeSomething_mayBeOneComparison() {
        List<Rule> rules = rules(rule(
                "c", match(payload("udp", "sport"), "!=", "5"), match(payload("udp", "dport"), "!=", "7"), ACCEPT));
        Condition both = rules.getFirst().condition();
        Packet packet = new Packet(_ -> Value.ZERO).with(Field.PROTOCOL, 17);
        assertThat(truth(both, packet.with(Field.SOURCE_PORT, 1).with(Field.DESTINATION_PORT, 1)))
                .isEqualTo("yes");
        assertThat(truth(both, packet.with(Field.SOURCE_PORT, 5).with(Field.DESTINATION_PORT, 7)))
                .isEqualTo("no");
        assertThat(truth(both, packet.with(Field.SOURCE_PORT, 5).with(Field.DESTINATION_PORT, 1)))
                .isEqualTo("unknown");
        assertThat(truth(both, packet.with(Field.SOURCE_PORT, 1).with(Field.DESTINATION_PORT, 7)))
                .isEqualTo("unknown");
    }

    @Test
    void whatIsNoNeighbour_orComparedOtherwise_staysApart() {
        for (String pair : List.of(
                match(payload("ip6", "saddr"), "!=", "'fd00::1'") + ","
                        + match(payload("ip6", "daddr"), "!=", "'fd00::2'"),
                match(payload("tcp", "sport"), "!=", "5") + "," + match(payload("tcp", "dport"), "==", "7"),
                match(payload("tcp", "sport"), "!=", "5") + "," + match(payload("tcp", "dport"), "!=", "{'set':[7,8]}"),
                match(payload("ip", "ttl"), "!=", "5") + "," + match(payload("ip", "daddr"), "!=", "'1.1.1.1'"))) {
            assertThat(rules(rule("c", pair, ACCEPT)).getFirst().condition().toString())
                    .doesNotContain("Unknown");
        }
    }

    /** Of a condition on nothing but numbers. */
    private static String truth(Condition condition, Packet packet) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> set.contains(packet.get(field)) ? "yes" : "no";
            case Condition.All(List<Condition> parts) -> {
                List<String> all =
                        parts.stream().map(part -> truth(part, packet)).toList();
                yield all.contains("no") ? "no" : all.contains("unknown") ? "unknown" : "yes";
            }
            case Condition.Any(List<Condition> parts) -> {
                List<String> any =
                        parts.stream().map(part -> truth(part, packet)).toList();
                yield any.contains("yes") ? "yes" : any.contains("unknown") ? "unknown" : "no";
            }
            default -> "unknown";
        };
    }

    @Test
    void chainsAtThePriorityOfTracking_doNotKnowTheState() {
        String asking = rule("base", match(ct("state"), "in", "'new'"), "{'notrack':null}", ACCEPT);
        Rule beside = table(base("inet", "'type':'filter','hook':'prerouting','prio':-200"), asking)
                .chain("inet t base")
                .rules()
                .getFirst();
        assertThat(beside.condition()).isInstanceOf(Condition.Unknown.class);
        assertThat(beside.effects()).containsExactly(new Effect.Assign(Field.STATE, ValueSet.of(3, Range.of(0, 4))));
        Rule behind = table(base("inet", "'type':'filter','hook':'prerouting','prio':-199"), asking)
                .chain("inet t base")
                .rules()
                .getFirst();
        assertThat(behind.condition()).isEqualTo(in(Field.STATE, Field.STATE_NEW));
    }

    @Test
    void states_areBitsHoweverTheyAreWritten() {
        Condition known = in(Field.STATE, ValueSet.of(3, Range.of(2, 3)));
        assertThat(condition(match(ct("state"), "in", "['established','related']")))
                .isEqualTo(known);
        assertThat(condition(match(ct("state"), "==", "{'set':['established','related']}")))
                .isEqualTo(known);
        assertThat(condition(match(ct("state"), "in", "'invalid'"))).isEqualTo(in(Field.STATE, Field.STATE_INVALID));
        assertThat(condition(match(ct("state"), "!", "'new'")))
                .isEqualTo(in(Field.STATE, ValueSet.ofAll(3, List.of(Range.of(0, 0), Range.of(2, 4)))));
        assertThat(condition(match(ct("status"), "in", "'dnat'")))
                .isEqualTo(all(TRACKED, in(Field.FLOW_STATUS, ValueSet.of(2, Range.of(2, 3)))));
    }

    @Test
    void masks_takeTheBitsThatTheySay() {
        Condition syn =
                condition(match("{'&':[" + payload("tcp", "flags") + ",['fin','syn','rst','ack']]}", "==", "'syn'"));
        ValueSet flags = ((Condition.In) ((Condition.All) syn).conditions().getLast()).set();
        for (int number = 0; number < 256; number++) {
            assertThat(flags.contains(number)).as("flags %s", number).isEqualTo((number & 0b10111) == 0b00010);
        }
        assertThat(condition(match("{'&':[" + payload("ip", "saddr") + ",'255.255.0.255']}", "==", "'10.1.0.5'")))
                .isEqualTo(all(
                        IPV4,
                        in(
                                Field.SOURCE,
                                ValueSet.ofAll(
                                        128,
                                        java.util.stream.LongStream.range(0, 256)
                                                .map(third -> 0x0a010005L + (third << 8))
                                                .mapToObj(number -> Range.of(number, number))
                                                .toList()))));
    }

    @Test
    void bitsOfAMark_areAskedOfThoseNumbersThatRulesCanSet() {
        String setting = rule(
                "other",
                "{'mangle':{'key':" + meta("mark") + ",'value':{'|':[{'&':[" + meta("mark") + ",4294967040]},16]}}}");
        RuleSet rules = table(
                chain("other"),
                chain("c"),
                setting,
                rule("c", match("{'&':[" + meta("mark") + ",255]}", "==", "16"), ACCEPT),
                rule("c", match("{'&':[" + meta("mark") + ",255]}", "==", "17"), ACCEPT));
        assertThat(rules.chain("inet t other").rules().getFirst().effects())
                .containsExactly(new Effect.SetMark(Field.MARK, 0xffffff00L, 0x10));
        assertThat(rules.chain("inet t c").rules())
                .extracting(Rule::condition)
                .containsExactly(in(Field.MARK, 16), Condition.NEVER);
    }

    @Test
    void elements_countUntilTheyExpire() {
        String elements =
                "'type':'ipv4_addr','elem':['1.1.1.1',{'elem':{'val':'2.2.2.2','timeout':600,'expires':299}}]";
        assertThat(condition(match(payload("ip", "saddr"), "==", "'@s'"), set("s", elements)))
                .isEqualTo(all(
                        IPV4,
                        Condition.any(
                                in(Field.SOURCE, 0x01010101),
                                all(
                                        new Condition.At(new TimeSpan.Between(
                                                Optional.empty(), Optional.of(Listings.TAKEN_AT.plusSeconds(299)))),
                                        in(Field.SOURCE, 0x02020202)))));
        assertThat(condition(
                                match(payload("ip", "saddr"), "==", "'@s'"),
                                set("s", "'type':'ipv4_addr','timeout':60,'elem':['1.1.1.1']"))
                        .toString())
                .contains("Unknown[what=when the element 1.1.1.1 expires]");
    }

    @Test
    void setsThatRulesChange_areNotKnown() {
        String definition = set("s", "'type':'ipv4_addr','elem':['1.1.1.1']");
        String lookup = rule("c", match(payload("ip", "saddr"), "==", "'@s'"), ACCEPT);
        String change = "{'set':{'op':'%s','elem':" + payload("ip", "daddr") + ",'set':'@s'}}";
        Condition unknown =
                new Condition.Unknown("what is in the set @s, which the rule \"add @s { ip daddr }\" changes");
        assertThat(rules(lookup, definition, chain("x"), rule("x", change.formatted("add")))
                        .getFirst()
                        .condition())
                .isEqualTo(all(IPV4, Condition.any(in(Field.SOURCE, 0x01010101), unknown)));
        assertThat(rules(lookup, definition, chain("x"), rule("x", change.formatted("delete")))
                        .getFirst()
                        .condition()
                        .toString())
                .contains("Unknown[")
                .doesNotContain("SOURCE");
    }

    @Test
    void aNamedSet_isOneSetForAllRules() {
        List<Rule> rules = rules(
                rule("c", match(payload("ip", "saddr"), "==", "'@s'"), ACCEPT) + ","
                        + rule("c", match(payload("ip", "saddr"), "==", "'@s'"), ACCEPT),
                set("s", "'type':'ipv4_addr','elem':['1.1.1.1','2.2.2.2']"));
        assertThat(addresses(rules.get(0))).isSameAs(addresses(rules.get(1)));
    }

    private static ValueSet addresses(Rule rule) {
        return ((Condition.In) ((Condition.All) rule.condition()).conditions().getLast()).set();
    }

    @Test
    void concatenatedKeys_areRows() {
        String key = "{'concat':[" + payload("ip", "daddr") + "," + payload("tcp", "dport") + "]}";
        String elements = "'elem':[{'concat':['1.2.3.4',80]},"
                + "{'concat':[{'prefix':{'addr':'10.0.0.0','len':8}},{'range':[90,99]}]}]";
        assertThat(condition(match(key, "!=", "'@s'"), set("s", elements)))
                .isEqualTo(all(
                        IPV4,
                        transport(6),
                        new Condition.Not(new Condition.Row(
                                List.of(Field.DESTINATION, Field.DESTINATION_PORT),
                                List.of(
                                        List.of(ValueSet.of(128, 0x01020304), ValueSet.of(16, 80)),
                                        List.of(
                                                ValueSet.of(128, Range.of(0x0a000000L, 0x0affffffL)),
                                                ValueSet.of(16, Range.of(90, 99))))))));
    }

    @Test
    void verdictMapsOfInterfaces_areRulesThatExcludeOneAnother() {
        List<Rule> rules = rules(rule(
                "c",
                "{'vmap':{'key':" + meta("iifname") + ",'data':{'set':[['eth*'," + TO_OTHER
                        + "],['*',{'drop':null}]]}}}"));
        Condition ethernet = new Condition.InterfaceIs(Field.IN_INTERFACE, "eth", true);
        assertThat(rules).extracting(Rule::condition).containsExactly(ethernet, new Condition.Not(ethernet));
        assertThat(rules).extracting(Rule::action).containsExactly(new Action.Jump("inet t other"), Action.DROP);
    }

    @Test
    void verdictMapsOfManyKeys_areOneLookup() {
        StringBuilder elements = new StringBuilder("['*',{'drop':null}]");
        for (int number = 0; number < 10_000; number++) {
            elements.append(",[")
                    .append(number)
                    .append(number % 2 == 0 ? "," + ACCEPT : "," + TO_OTHER)
                    .append(']');
        }
        List<Rule> rules =
                rules(rule("c", "{'vmap':{'key':" + payload("udp", "dport") + ",'data':{'set':[" + elements + "]}}}"));
        assertThat(rules).hasSize(1);
        assertThat(rules.getFirst().condition()).isEqualTo(transport(17));
        Action.Lookup lookup = (Action.Lookup) rules.getFirst().action();
        assertThat(lookup.entries())
                .extracting(Action.Entry::action)
                .containsExactly(Action.ACCEPT, new Action.Jump("inet t other"), Action.DROP);
        assertThat(lookup.entries().getLast().values()).containsExactly(ValueSet.all(16));
    }

    @Test
    void anEffectBeforeAnotherQuestion_happensAlsoWhereThatFails() {
        String marking = "{'mangle':{'key':" + meta("mark") + ",'value':5}}";
        RuleSet rules = table(
                chain("c"),
                rule("c", match(meta("mark"), "==", "0"), marking, match(payload("tcp", "dport"), "==", "80"), ACCEPT));
        Rule first = rules.chain("inet t c").rules().getFirst();
        assertThat(rules.chain("inet t c").rules()).hasSize(1);
        assertThat(first.condition()).isEqualTo(in(Field.MARK, 0));
        assertThat(first.effects()).containsExactly(new Effect.SetMark(Field.MARK, 0, 5));
        Rule second =
                rules.chain(((Action.Jump) first.action()).chain()).rules().getFirst();
        assertThat(second.condition()).isEqualTo(transport(6, in(Field.DESTINATION_PORT, 80)));
        assertThat(second.source()).isEqualTo(first.source());
    }

    @Test
    void anEffectBeforeAReturn_makesWhatWasAskedBeforeUncertain() {
        String marking = "{'mangle':{'key':" + meta("mark") + ",'value':5}}";
        List<Rule> rules = rules(rule(
                "c", match(meta("mark"), "==", "0"), marking, match(meta("l4proto"), "==", "6"), "{'return':null}"));
        assertThat(rules).extracting(Rule::action).containsExactly(Action.CONTINUE, Action.RETURN);
        assertThat(rules.getLast().condition().toString()).contains("Unknown[").contains("PROTOCOL");
    }

    @Test
    void marksByMap_areSetByOneLookup() {
        RuleSet rules = table(
                chain("c"),
                rule(
                        "c",
                        "{'mangle':{'key':" + meta("mark") + ",'value':{'map':{'key':" + payload("ip", "saddr")
                                + ",'data':{'set':[['1.1.1.1',5],['2.2.2.2',6]]}}}}}",
                        ACCEPT));
        Action.Lookup lookup =
                (Action.Lookup) rules.chain("inet t c").rules().getFirst().action();
        String part = ((Action.Jump) lookup.entries().getLast().action()).chain();
        assertThat(rules.chain(part).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.effects()).containsExactly(new Effect.SetMark(Field.MARK, 0, 6)))
                .satisfies(rule -> assertThat(rule.action()).isEqualTo(Action.ACCEPT));
    }

    @Test
    void destinations_areTranslatedToWhatRoutingMaySayOfThem() {
        assertThat(types("'192.168.1.1'")).isEqualTo(ValueSet.of(3, Range.of(0, 1)));
        assertThat(types("'192.168.1.10'")).isEqualTo(ValueSet.of(3, Field.TYPE_UNICAST));
        assertThat(types("'198.51.100.1'")).isEqualTo(ValueSet.of(3, Field.TYPE_UNICAST));
        assertThat(types("'127.0.0.1'")).isEqualTo(ValueSet.of(3, Field.TYPE_LOCAL));
        List<Rule> both = rules(rule("c", "{'dnat':{'family':'ip','addr':'198.51.100.1','port':{'range':[80,90]}}}"));
        Rule rule = both.getFirst();
        assertThat(rule.condition())
                .isEqualTo(all(
                        IPV4,
                        in(Field.DESTINATION, ValueSet.of(128, 0xc6336401L).complement())));
        assertThat(both.getLast().condition()).as("it may be there already").isEqualTo(IPV4);
        assertThat(both.getLast().effects())
                .contains(new Effect.Assign(
                        Field.FLOW_STATUS, ValueSet.ofAll(2, List.of(Range.of(0, 0), Range.of(2, 2)))));
        assertThat(rule.action()).isEqualTo(Action.ACCEPT);
        assertThat(rule.effects())
                .contains(
                        new Effect.Assign(Field.DESTINATION, ValueSet.of(128, 0xc6336401L)),
                        new Effect.Assign(Field.DESTINATION_PORT, ValueSet.of(16, Range.of(80, 90))),
                        new Effect.Assign(Field.FLOW_STATUS, ValueSet.of(2, 2)));
    }

    private static ValueSet types(String address) {
        Rule rule = rules(rule("c", "{'dnat':{'family':'ip','addr':" + address + "}}"))
                .getFirst();
        return rule.effects().stream()
                .filter(effect -> effect instanceof Effect.Assign assign && assign.field() == Field.DESTINATION_TYPE)
                .map(effect -> ((Effect.Assign) effect).to())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void masqueradedSources_areNoneOfTheHouse() {
        RuleSet rules = Listings.listing(
                Optional.empty(),
                "{'table':{'family':'ip','name':'t'}},"
                        + base("ip", "'type':'nat','hook':'postrouting','prio':'srcnat + 5','policy':'accept'")
                        + "," + rule("base", "{'masquerade':null}").replace("inet", "ip"));
        Effect.Assign source = (Effect.Assign)
                rules.chain("ip t base").rules().getFirst().effects().getFirst();
        assertThat(source.field()).isEqualTo(Field.SOURCE);
        assertThat(source.to().contains(0xc0a80105L)).isFalse();
        assertThat(source.to().contains(0xc6336401L)).isTrue();
        BaseChain base = rules.bases().getFirst();
        assertThat(base.priority()).isEqualTo(105);
        assertThat(base.translation()).isTrue();
        assertThat(base.guard())
                .isEqualTo(all(
                        IPV4, in(Field.FLOW_STATUS, ValueSet.ofAll(2, List.of(Range.of(0, 0), Range.of(2, 2)))), IPV4));
    }

    @Test
    void devices_guardTheirChains() {
        assertThat(guard("netdev", "'hook':'ingress','prio':0,'dev':'br-lan'"))
                .isEqualTo(new Condition.InterfaceIs(Field.IN_INTERFACE, "br-lan", false));
        assertThat(guard("netdev", "'hook':'egress','prio':0,'dev':['wan0','br-lan']"))
                .isEqualTo(Condition.any(
                        new Condition.InterfaceIs(Field.OUT_INTERFACE, "wan0", false),
                        new Condition.InterfaceIs(Field.OUT_INTERFACE, "br-lan", false)));
        assertThat(guard("netdev", "'hook':'ingress','prio':0,'dev':'eth7'"))
                .isEqualTo(new Condition.Unknown("whether packets pass the device eth7"));
        assertThat(guard("netdev", "'hook':'ingress','prio':0")).isInstanceOf(Condition.Unknown.class);
        assertThat(guard("bridge", "'hook':'forward','prio':0"))
                .isEqualTo(new Condition.Unknown("a bridge table sees only bridged packets"));
    }

    private static Condition guard(String family, String attributes) {
        return Listings.listing(
                        Optional.empty(),
                        "{'table':{'family':'" + family + "','name':'t'}},"
                                + base(family, "'type':'filter'," + attributes))
                .bases()
                .getFirst()
                .guard();
    }

    @Test
    void tablesThatDoNotFilter_doNotCount() {
        RuleSet rules = Listings.listing(
                Optional.empty(),
                "{'table':{'family':'arp','name':'t'}}," + base("arp", "'hook':'input','prio':0")
                        + ",{'table':{'family':'inet','name':'t','flags':'dormant'}},"
                        + base("inet", "'type':'filter','hook':'forward','prio':-5,'policy':'drop'"));
        assertThat(rules.bases()).hasSize(1);
        assertThat(rules.at(Hook.FORWARD).getFirst().guard()).isEqualTo(Condition.NEVER);
        assertThat(rules.at(Hook.FORWARD).getFirst().source().text())
                .isEqualTo("type filter hook forward priority -5; policy drop;");
        assertThat(rules.assumptions()).singleElement().asString().contains("dormant");
    }

    @Test
    void whatIsNotUnderstood_isNeverPassedOver() {
        assertThat(rules(rule("c", "{'teleport':null}", ACCEPT)).getFirst().effects())
                .containsExactly(new Effect.Unclear("{\"teleport\":null}"));
        assertThat(rules(rule("c", "'jump {  accept }'")).getFirst().effects())
                .containsExactly(new Effect.Unclear("jump { accept }"));
        assertThat(condition(match("{'rt':{'key':'classid'}}", "==", "5")))
                .isEqualTo(new Condition.Unknown("rt classid 5"));
        assertThat(condition("{'limit':{'rate':5,'burst':5,'per':'second'}}"))
                .isEqualTo(new Condition.Choice("limit rate 5/second"));
        assertThat(condition(match(payload("ip", "saddr"), "==", "'router.example'")))
                .isEqualTo(all(IPV4, new Condition.Unknown("ip saddr router.example")));
        assertThat(rules(rule("c", "{'queue':{'num':5}}")).getFirst().action())
                .isEqualTo(new Action.Unclear("queue to 5"));
    }

    @Test
    void offloading_isSaid() {
        RuleSet rules = table(chain("c"), rule("c", "{'flow':{'op':'add','flowtable':'@ft'}}"));
        assertThat(rules.assumptions()).singleElement().asString().contains("flow add @ft");
        assertThat(rules.chain("inet t c").rules().getFirst().effects()).isEmpty();
    }

    @Test
    void sources_nameTableChainAndHandle_andTheRemark() {
        Rule rule = rules(rule("c", match(meta("iifname"), "==", "'br-lan'"), "{'drop':null}"))
                .getFirst();
        assertThat(rule.source().place()).isEqualTo("inet t c handle 7");
        assertThat(rule.source().text()).isEqualTo("iifname \"br-lan\" drop");
        assertThat(rule.source().remark()).isEqualTo("!fw4: mine");
        assertThat(rule.origin()).isEqualTo(Rule.Origin.OWNER);
    }

    @Test
    void addressesOfTheFlowsBeginning_areThePacketsOwn_untilTheyAreTranslated() {
        Condition untranslated = in(Field.FLOW_STATUS, 0);
        assertThat(condition(match("{'ct':{'key':'ip daddr','dir':'original'}}", "==", "'1.1.1.1'")))
                .isEqualTo(all(
                        TRACKED,
                        IPV4,
                        Condition.any(
                                all(untranslated, in(Field.DESTINATION, 0x01010101)),
                                all(
                                        Condition.not(untranslated),
                                        new Condition.Unknown("ct original ip daddr 1.1.1.1")))));
    }

    @Test
    void moments_areAskedOfTheClock() {
        Condition until = condition(match(meta("time"), "<", "'2036-01-01 00:00:00'"));
        assertThat(holds(until, "2035-12-30T00:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
        assertThat(holds(until, "2035-12-31T23:00:00Z")).isEqualTo(TimeSpan.Truth.UNKNOWN);
        assertThat(holds(until, "2036-01-02T00:00:00Z")).isEqualTo(TimeSpan.Truth.NO);
        Condition epoch = condition(match(meta("time"), ">=", "2082758400"));
        assertThat(holds(epoch, "2035-12-31T23:59:59Z")).isEqualTo(TimeSpan.Truth.NO);
        assertThat(holds(epoch, "2036-01-01T00:00:00Z")).isEqualTo(TimeSpan.Truth.YES);
    }

    private static TimeSpan.Truth holds(Condition condition, String at) {
        return ((Condition.At) condition).span().holds(Instant.parse(at));
    }
}
