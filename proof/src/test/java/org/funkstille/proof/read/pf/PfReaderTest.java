package org.funkstille.proof.read.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.read.pf.Reading.packet;
import static org.funkstille.proof.read.pf.Reading.tcp;
import static org.funkstille.proof.read.pf.Reading.toRouter;
import static org.funkstille.proof.read.pf.Reading.udp;
import static org.funkstille.proof.read.pf.Walk.Verdict.BLOCKED;
import static org.funkstille.proof.read.pf.Walk.Verdict.PASSED;
import static org.funkstille.proof.read.pf.Walk.Verdict.UNKNOWN;

import java.util.List;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.read.ReadingException;
import org.junit.jupiter.api.Test;

class PfReaderTest {

    private static final String DEVICE = "192.168.1.50";
    private static final String CLOUD = "198.51.100.7";

    @Test
    void withoutRules_pfPasses() throws ReadingException {
        assertThat(Reading.of("").in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void theLastMatchDecides_unlessOneBeforeIsQuick() throws ReadingException {
        assertThat(Reading.of("block all", "pass all").in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(Reading.of("block quick all", "pass all").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(BLOCKED);
    }

    @Test
    void aRuleWithoutDirectionStandsInBothChains_andOneWithItOnlyInItsOwn() throws ReadingException {
        Reading reading = Reading.of("block on em0", "pass in", "block out");

        assertThat(reading.rules("in")).hasSize(2);
        assertThat(reading.rules("out")).hasSize(2);
        assertThat(reading.rules("in").getFirst().condition())
                .isEqualTo(new Condition.InterfaceIs(Field.IN_INTERFACE, "em0", false));
        assertThat(reading.rules("out").getFirst().condition())
                .isEqualTo(new Condition.InterfaceIs(Field.OUT_INTERFACE, "em0", false));
    }

    @Test
    void listsAreAlternatives_andStayOneRule() throws ReadingException {
        Reading reading = Reading.of(
                "block all",
                "pass in proto { tcp, udp } from { 192.168.1.50 192.168.1.51 } to any port { 80 443:445 }");

        assertThat(reading.rules("in")).hasSize(2);
        assertThat(reading.in(tcp(DEVICE, CLOUD).with(Field.DESTINATION_PORT, 444)))
                .isEqualTo(PASSED);
        assertThat(reading.in(tcp(DEVICE, CLOUD).with(Field.DESTINATION_PORT, 446)))
                .isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.1.52", CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(packet(DEVICE, CLOUD).with(Field.PROTOCOL, 50))).isEqualTo(BLOCKED);
    }

    @Test
    void aListOfNegatedEntries_isNearlyEverything() throws ReadingException {
        Reading reading = Reading.of("block in from { !192.168.1.50, !192.168.1.51 }");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void aNegatedLiteral_isOfItsFamilyOnly() throws ReadingException {
        Reading reading = Reading.of("block in from !192.168.1.50");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("192.168.1.51", CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("2001:db8:1::50", "2001:db8:9::1"))).isEqualTo(PASSED);
    }

    @Test
    void aNegatedTable_isOfBothFamilies() throws ReadingException {
        Reading reading = Reading.of("table <dev> { 192.168.1.50 }", "block in from ! <dev>");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("2001:db8:1::50", "2001:db8:9::1"))).isEqualTo(BLOCKED);
    }

    @Test
    void portOperators() throws ReadingException {
        assertThat(ports("3477 >< 3481")).containsExactly(false, true, true, false);
        assertThat(ports("3478 <> 3480")).containsExactly(true, false, false, true);
        assertThat(ports("!= 3478")).containsExactly(true, false, true, true);
        assertThat(ports(">= 3480")).containsExactly(false, false, true, true);
        assertThat(ports("< 3480")).containsExactly(true, true, false, false);
        assertThat(ports("= 3478")).containsExactly(false, true, false, false);
    }

    /** Whether ports 3477, 3478, 3480 and 3481 match. */
    private static List<Boolean> ports(String text) throws ReadingException {
        Reading reading = Reading.of("block in proto udp to any port " + text);
        return List.of(3477, 3478, 3480, 3481).stream()
                .map(port -> reading.in(udp(DEVICE, CLOUD, port)) == BLOCKED)
                .toList();
    }

    @Test
    void namesOfServices_andOneThatNobodyKnows() throws ReadingException {
        assertThat(Reading.of("block in proto udp to port domain").in(udp(DEVICE, CLOUD, 53)))
                .isEqualTo(BLOCKED);
        assertThat(Reading.of("block in proto udp to port nonesuch").in(udp(DEVICE, CLOUD, 53)))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void portsAreNotThoseOfLaterFragments() throws ReadingException {
        Packet fragment = udp(DEVICE, CLOUD, 53).with(Field.LATER_FRAGMENT, 1);

        assertThat(Reading.of("block in proto udp to any port 53").in(fragment)).isEqualTo(PASSED);
        assertThat(Reading.of("block in proto udp").in(fragment)).isEqualTo(BLOCKED);
    }

    @Test
    void aPassingRuleLooksAtSynOnly_unlessItKeepsNoState() throws ReadingException {
        Packet ack = tcp(DEVICE, CLOUD).with(Field.TCP_FLAGS, 16);

        assertThat(Reading.of("block all", "pass all").in(ack)).isEqualTo(BLOCKED);
        assertThat(Reading.of("block all", "pass all no state").in(ack)).isEqualTo(PASSED);
        assertThat(Reading.of("block all", "pass all flags any keep state").in(ack))
                .isEqualTo(PASSED);
        assertThat(Reading.of("block all", "pass all").in(udp(DEVICE, CLOUD, 53)))
                .isEqualTo(PASSED);
        assertThat(Reading.of("block in").in(ack)).isEqualTo(BLOCKED);
    }

    @Test
    void flagsOutOfAMask() throws ReadingException {
        Reading none = Reading.of("block in proto tcp flags /SFRA");

        assertThat(none.in(tcp(DEVICE, CLOUD).with(Field.TCP_FLAGS, 8))).isEqualTo(BLOCKED);
        assertThat(none.in(tcp(DEVICE, CLOUD).with(Field.TCP_FLAGS, 2))).isEqualTo(PASSED);
    }

    @Test
    void icmpTypesByNumberAndName_withTheirCodes() throws ReadingException {
        Reading reading = Reading.of("block in inet proto icmp icmp-type { echoreq, unreach code needfrag, 13 }");

        assertThat(List.of(8, 3, 13, 0).stream()
                        .map(type -> reading.in(packet(DEVICE, CLOUD)
                                .with(Field.PROTOCOL, 1)
                                .with(Field.ICMP_TYPE, type)
                                .with(Field.ICMP_CODE, 4))))
                .containsExactly(BLOCKED, BLOCKED, BLOCKED, PASSED);
        assertThat(reading.in(packet(DEVICE, CLOUD).with(Field.PROTOCOL, 1).with(Field.ICMP_TYPE, 3)))
                .isEqualTo(PASSED);
    }

    @Test
    void tagsStickEvenWhereTheRuleIsNotTheLast() throws ReadingException {
        Reading reading = Reading.of("pass in tag \"A\"", "block in", "pass in tagged A", "block in ! tagged A");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void aMatchRuleOnlyTags() throws ReadingException {
        Reading reading = Reading.of("block in", "match in proto tcp tag T", "pass in tagged T");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(udp(DEVICE, CLOUD, 53))).isEqualTo(BLOCKED);
    }

    @Test
    void whatTheSenderCanBringAbout_isAChoice() throws ReadingException {
        assertThat(Reading.of("block in probability 20%").only("in").condition())
                .isEqualTo(new Condition.Choice("probability 20%"));
        assertThat(Reading.of("pass in proto udp max-pkt-rate 100/10")
                        .only("in")
                        .condition())
                .isEqualTo(
                        Condition.all(Condition.in(Field.PROTOCOL, 17), new Condition.Choice("max-pkt-rate 100/10")));
    }

    @Test
    void whatIsNotUnderstood_isNeverLeftOut() throws ReadingException {
        Rule rule =
                Reading.of("pass in proto udp frobnicate (5) from any to any").only("in");

        assertThat(rule.condition())
                .isEqualTo(Condition.all(Condition.in(Field.PROTOCOL, 17), new Condition.Unknown("frobnicate (5)")));
        assertThat(rule.effects()).containsExactly(new Effect.Unclear("frobnicate (5)"));
        assertThat(Reading.of("include \"more.conf\"").in(tcp(DEVICE, CLOUD))).isEqualTo(UNKNOWN);
        assertThat(Reading.of("pass in divert-to 127.0.0.1 port 8000")
                        .only("in")
                        .effects())
                .containsExactly(new Effect.Unclear("divert-to 127.0.0.1 port 8000"));
    }

    @Test
    void hostNames_areUnknown_andNeverNothing() throws ReadingException {
        assertThat(Reading.of("block in", "pass in from nas to any").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(UNKNOWN);
        assertThat(Reading.of("block in", "pass in to cloud.example.com").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void anInterfaceGroup_mayHoldAnyInterface_butALoopbackGroupDoesNot() throws ReadingException {
        assertThat(Reading.of("block in on TRUSTED").in(tcp(DEVICE, CLOUD))).isEqualTo(UNKNOWN);
        assertThat(Reading.of("block in on lo").in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(Reading.of("block in on ! em0").in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void receivedOn_asksWhereThePacketCameIn() throws ReadingException {
        assertThat(Reading.of("block out on em0 received-on em1")
                        .outgoing(tcp(DEVICE, CLOUD))
                        .verdict())
                .isEqualTo(BLOCKED);
        assertThat(Reading.of("block out on em0 ! received-on em1")
                        .outgoing(tcp(DEVICE, CLOUD))
                        .verdict())
                .isEqualTo(PASSED);
    }

    @Test
    void blockTellsTheSender_byItselfOrByPolicy() throws ReadingException {
        assertThat(Reading.of("block in", "block return in", "set block-policy return", "block in", "block drop in")
                        .rules("in"))
                .extracting(Rule::action)
                .containsExactly(Action.DROP, Action.REJECT, Action.REJECT, Action.DROP);
    }

    @Test
    void skippedInterfaces_areNotFilteredAtAll() throws ReadingException {
        assertThat(Reading.of("set skip on { lo0 em1 }", "block quick all").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(PASSED);
        assertThat(Reading.of("set skip on lo0", "block quick all").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(BLOCKED);
    }

    @Test
    void routeTo_goesOut_andToAnUnknownInterfaceItIsUnclear() throws ReadingException {
        assertThat(Reading.of("pass in route-to (em0 203.0.113.1) inet from any to any")
                        .only("in")
                        .effects())
                .containsExactly(new Effect.RouteTo("em0"));
        assertThat(Reading.of("pass in reply-to (em0 203.0.113.1) inet")
                        .only("in")
                        .effects())
                .isEmpty();
        assertThat(Reading.of("pass in route-to (ovpnc1 10.8.0.1) inet")
                        .only("in")
                        .effects())
                .containsExactly(new Effect.Unclear("route-to (ovpnc1 10.8.0.1)"));
        Reading pool = Reading.of("pass in route-to { (em2 192.168.20.1), (em0 203.0.113.1) } round-robin inet");
        assertThat(pool.only("in").effects()).containsExactly(new Effect.RouteTo("em0"));
        assertThat(pool.reading().rules().assumptions())
                .singleElement()
                .asString()
                .contains("em0 is taken");
    }

    @Test
    void antispoof_blocksTheNetworkElsewhere() throws ReadingException {
        Reading reading = Reading.of("antispoof log quick for em2");

        assertThat(reading.rules("in")).hasSize(2);
        assertThat(reading.rules("out")).isEmpty();
        assertThat(reading.in(tcp("192.168.20.5", CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("192.168.20.5", CLOUD).with(Field.IN_INTERFACE, Reading.number("em2"))))
                .isEqualTo(PASSED);
    }

    @Test
    void anchors_areEmptyByAssumption_unlessTheirRulesStandThere() throws ReadingException {
        Reading reading = Reading.of(
                "anchor \"userrules/*\"",
                "nat-anchor \"natrules/*\"",
                "anchor \"mine\" in on em1 {",
                "  block quick proto tcp",
                "}",
                "pass");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(udp(DEVICE, CLOUD, 53))).isEqualTo(PASSED);
        assertThat(reading.rules("out")).hasSize(1);
        assertThat(reading.reading().rules().assumptions())
                .containsExactly(
                        "anchor \"userrules/*\" is taken as empty: its rules were not given",
                        "nat-anchor \"natrules/*\" is taken as empty: its rules were not given");
    }

    @Test
    void aQuickAnchor_endsAtItsLastMatch() throws ReadingException {
        Reading reading =
                Reading.of("anchor quick in {", "block proto tcp", "pass proto tcp to " + CLOUD, "}", "block");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp(DEVICE, "198.51.100.8"))).isEqualTo(BLOCKED);
    }

    @Test
    void anAnchorLoadedFromAFile_isUnclear() throws ReadingException {
        Reading reading = Reading.of("anchor \"a\" in", "load anchor \"a\" from \"/etc/a.conf\"");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(UNKNOWN);
        assertThat(reading.reading().rules().assumptions()).isEmpty();
    }

    @Test
    void whatPfctlPrints_isReadAsWell() throws ReadingException {
        Reading reading = Reading.of(
                "FILTER RULES:",
                "@0 scrub in all fragment reassemble",
                "  [ Evaluations: 10        Packets: 5         Bytes: 300         States: 0     ]",
                "@0 block drop in log inet all label \"Default deny\" ridentifier 1000000103",
                "  [ Evaluations: 10        Packets: 5         Bytes: 300         States: 0     ]",
                "  [ Inserted: uid 0 pid 812 State Creations: 0     ]",
                "@1(1000000104) pass in quick on em1 inet proto tcp from any to any port = https flags S/SA keep state",
                "  [ Evaluations: 10        Packets: 5         Bytes: 300         States: 0     ]");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(udp(DEVICE, CLOUD, 53))).isEqualTo(BLOCKED);
        assertThat(reading.rules("in").getFirst().source().place()).isEqualTo("rules:4");
    }

    @Test
    void theRouterItself_isADestination_andNeverADevice() throws ReadingException {
        Reading reading =
                Reading.of("block in", "pass in quick from any to (self)", "pass in quick from (self) to any");

        assertThat(reading.in(toRouter(tcp(DEVICE, "192.168.1.1")))).isEqualTo(PASSED);
        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void theAddressOfAnInterface_isTheRoutersInItsNetworks() throws ReadingException {
        Reading lan = Reading.of("block in", "pass in to (em1)");
        Reading wan = Reading.of("block in", "pass in to (em0)");

        assertThat(lan.in(toRouter(tcp(DEVICE, "192.168.1.1")))).isEqualTo(PASSED);
        assertThat(lan.in(tcp(DEVICE, "192.168.1.1"))).isEqualTo(BLOCKED);
        assertThat(lan.in(toRouter(tcp(DEVICE, "192.168.20.1")))).isEqualTo(BLOCKED);
        assertThat(wan.in(toRouter(tcp(DEVICE, "192.168.1.1")))).isEqualTo(BLOCKED);
        assertThat(wan.in(toRouter(tcp(DEVICE, "203.0.113.2")))).isEqualTo(UNKNOWN);
    }

    @Test
    void theNetworksOfAnInterface_areUnknownInAFamilyThatTheHouseDoesNotTell() throws ReadingException {
        Reading reading = Reading.of("block in from (em1:network) to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.20.5", CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("2001:db8:1::5", "2001:db8:9::1"))).isEqualTo(UNKNOWN);
        assertThat(reading.in(tcp("fe80::5", "2001:db8:9::1"))).isEqualTo(PASSED);
    }

    @Test
    void prefixesOfALeg_areLearnedFromTheSystemsTable() throws ReadingException {
        Reading reading = Reading.withTables(
                List.of(
                        "table <__lan_network>",
                        "   192.168.1.0/24",
                        "   2001:db8:1::/64",
                        "table <__wan_network>",
                        "   203.0.113.0/24"),
                "block in from (em1:network) to any",
                "pass in inet to (em0:network)");

        assertThat(reading.in(tcp("2001:db8:1::5", "2001:db8:9::1"))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp(DEVICE, "203.0.113.9"))).isEqualTo(PASSED);
        assertThat(reading.reading().house().prefixes("em1"))
                .containsExactly(Prefix.parse("192.168.1.0/24"), Prefix.parse("2001:db8:1::/64"));
        assertThat(reading.reading().house().prefixes("em2")).containsExactly(Prefix.parse("192.168.20.0/24"));
    }
}
