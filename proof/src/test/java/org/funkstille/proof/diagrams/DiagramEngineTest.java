package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.address;
import static org.funkstille.proof.diagrams.HouseRules.assign;
import static org.funkstille.proof.diagrams.HouseRules.camera;
import static org.funkstille.proof.diagrams.HouseRules.change;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.linux;
import static org.funkstille.proof.diagrams.HouseRules.mark;
import static org.funkstille.proof.diagrams.HouseRules.question;
import static org.funkstille.proof.diagrams.HouseRules.question6;
import static org.funkstille.proof.diagrams.HouseRules.rule;
import static org.funkstille.proof.diagrams.HouseRules.tcp;
import static org.funkstille.proof.diagrams.HouseRules.to;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.diagrams.Finding.Leaking;
import org.funkstille.proof.diagrams.Finding.Silent;
import org.funkstille.proof.diagrams.Finding.Unproven;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

/** What certain rule sets, on Linux, let out. */
final class DiagramEngineTest {

    private static final Condition NEW = Condition.in(Field.STATE, Field.STATE_NEW);
    private static final Condition INVALID = Condition.in(Field.STATE, Field.STATE_INVALID);

    @Test
    void routerWithoutRules_letsOut_andServicesCountOnlyWhereAsked() throws TooLarge {
        assertThat(linux().ask()).isInstanceOf(Leaking.class);
        HouseRules closed = linux().forward(Action.DROP);
        assertThat(closed.ask()).isEqualTo(new Silent());
        assertThat(closed.ask(question(true)))
                .isInstanceOf(Leaking.class)
                .extracting("way")
                .isEqualTo(Way.ROUTER);
        assertThat(closed.base(Hook.INPUT, 0, Action.DROP).ask(question(true))).isEqualTo(new Silent());
    }

    @Test
    void whatIsHarmlessAtTheRouter_isNoWayOut() throws TooLarge {
        Rule harmless = accept(Space.harmlessAtRouter());
        HouseRules rules = linux().forward(Action.DROP).base(Hook.INPUT, 0, Action.DROP, harmless);
        assertThat(rules.ask(question(true))).isEqualTo(new Silent());
        HouseRules dns = linux().forward(Action.DROP).base(Hook.INPUT, 0, Action.DROP, harmless, accept(tcp(53)));
        assertThat(leaking(dns.ask(question(true))).number(Field.DESTINATION_PORT))
                .isEqualTo(53);
    }

    @Test
    void witness_isAPacketThatIsSent_andEscapes() throws TooLarge {
        HouseRules rules = linux().forward(
                        Action.DROP,
                        drop(to("8.0.0.0/8")),
                        accept(tcp(8443), to("8.8.0.0/15")),
                        accept(tcp(9), to("9.9.9.9/32"), NEW));
        Packet sent = leaking(rules.ask());
        assertThat(sent.number(Field.ETHER_SOURCE)).isEqualTo(HouseRules.CAMERA);
        assertThat(sent.number(Field.DESTINATION)).isEqualTo(address("9.9.9.9"));
        assertThat(sent.number(Field.DESTINATION_PORT)).isEqualTo(9);
        Escapes escapes = new DiagramEngine().escapes(rules.build(), question());
        assertThat(escapes.surely(sent)).isTrue();
        assertThat(escapes.possibly(sent)).isTrue();
        assertThat(escapes.possibly(sent.with(Field.DESTINATION_PORT, 10))).isFalse();
        assertThat(escapes.isSent(sent.with(Field.ETHER_SOURCE, 5))).isFalse();
        assertThat(escapes.possibly(sent.with(Field.ETHER_SOURCE, 5))).isFalse();
    }

    @Test
    void firstRuleDecides_inOneBaseChain_andEveryBaseChainCanDrop() throws TooLarge {
        assertThat(linux().forward(Action.DROP, accept(camera()), drop(camera()))
                        .ask())
                .isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.ACCEPT, drop(camera()), accept(camera()))
                        .ask())
                .isEqualTo(new Silent());
        for (Hook hook : List.of(Hook.INGRESS, Hook.PREROUTING, Hook.POSTROUTING, Hook.EGRESS)) {
            assertThat(linux().forward(Action.ACCEPT, accept(camera()))
                            .base(hook, 0, Action.ACCEPT, drop(camera()))
                            .ask())
                    .as(hook.toString())
                    .isEqualTo(new Silent());
        }
        assertThat(linux().base(Hook.OUTPUT, 0, Action.DROP).ask()).isInstanceOf(Leaking.class);
    }

    @Test
    void jumpComesBack_gotoDoesNot_returnEndsTheChain() throws TooLarge {
        Rule toSub = rule(camera(), new Action.Jump("sub"));
        Rule gotoSub = rule(camera(), new Action.Goto("sub"));
        Rule dropRest = drop(camera());
        Rule back = rule(tcp(5), Action.RETURN);
        assertThat(linux().chain("sub", back)
                        .forward(Action.ACCEPT, toSub, dropRest)
                        .ask())
                .isEqualTo(new Silent());
        assertThat(linux().chain("sub", back)
                        .forward(Action.ACCEPT, gotoSub, dropRest)
                        .ask())
                .isInstanceOf(Leaking.class);
        assertThat(linux().chain("sub", dropRest)
                        .forward(Action.ACCEPT, gotoSub)
                        .ask())
                .isEqualTo(new Silent());
        HouseRules returning = linux().chain("sub", back, dropRest).forward(Action.ACCEPT, toSub);
        assertThat(leaking(returning.ask()).number(Field.DESTINATION_PORT)).isEqualTo(5);
        // What a goto's chain leaves over goes on behind the jump that came to the chain with the goto.
        HouseRules nested = linux().chain("sub", back)
                .chain("middle", gotoSub, accept())
                .forward(Action.ACCEPT, rule(camera(), new Action.Jump("middle")), dropRest);
        assertThat(nested.ask()).isEqualTo(new Silent());
    }

    @Test
    void lookup_takesTheFirstEntryThatHolds_elseTheNextRule() throws TooLarge {
        Action.Lookup lookup = new Action.Lookup(
                List.of(Field.PROTOCOL, Field.DESTINATION_PORT),
                List.of(
                        new Action.Entry(
                                List.of(Field.PROTOCOL.only(17), Field.DESTINATION_PORT.only(53)), Action.DROP),
                        new Action.Entry(List.of(Field.PROTOCOL.only(17), Field.DESTINATION_PORT.all()), Action.ACCEPT),
                        new Action.Entry(
                                List.of(Field.PROTOCOL.only(6), Field.DESTINATION_PORT.all()),
                                new Action.Jump("web"))));
        HouseRules rules = linux().chain("web", accept(tcp(80))).forward(Action.DROP, rule(camera(), lookup), drop());
        Escapes escapes = new DiagramEngine().escapes(rules.build(), question());
        Packet web = leaking(linux().ask());
        assertThat(escapes.surely(web.with(Field.DESTINATION_PORT, 80))).isTrue();
        assertThat(escapes.possibly(web.with(Field.DESTINATION_PORT, 81))).isFalse();
        assertThat(escapes.surely(web.with(Field.PROTOCOL, 17).with(Field.DESTINATION_PORT, 54)))
                .isTrue();
        assertThat(escapes.possibly(web.with(Field.PROTOCOL, 17).with(Field.DESTINATION_PORT, 53)))
                .isFalse();
        assertThat(escapes.possibly(web.with(Field.PROTOCOL, 1))).isFalse();
    }

    @Test
    void marks_areSeenByLaterRules_bitByBit() throws TooLarge {
        Condition five = Condition.in(Field.MARK, 5);
        HouseRules marked = linux().base(
                        Hook.PREROUTING,
                        0,
                        Action.ACCEPT,
                        rule(tcp(80), Action.CONTINUE, mark(4)),
                        change(new Effect.SetMark(Field.MARK, 0xfffffffeL, 1)))
                .forward(Action.DROP, accept(five));
        assertThat(leaking(marked.ask()).number(Field.DESTINATION_PORT)).isEqualTo(80);
        HouseRules copied = linux().base(
                        Hook.PREROUTING,
                        0,
                        Action.ACCEPT,
                        change(
                                new Effect.SetMark(Field.FLOW_MARK, 0, 0xf5),
                                new Effect.SetMark(Field.MARK, 0, 0x100),
                                new Effect.CopyMark(Field.FLOW_MARK, 0xf, Field.MARK, 0xff)))
                .forward(Action.DROP, accept(Condition.in(Field.MARK, 0x105)));
        assertThat(copied.ask()).isInstanceOf(Leaking.class);
        HouseRules flipped = linux().base(
                        Hook.PREROUTING,
                        0,
                        Action.ACCEPT,
                        change(mark(3), new Effect.SetMark(Field.MARK, 0xffffffffL, 6)))
                .forward(Action.DROP, accept(five));
        assertThat(flipped.ask()).isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.DROP, accept(five)).ask()).isEqualTo(new Silent());
    }

    @Test
    void translatedDestination_isWhatLaterRulesAndRoutingSee_andTheWitnessIsAsSent() throws TooLarge {
        Rule translate = rule(
                tcp(80),
                Action.ACCEPT,
                assign(Field.DESTINATION, address("203.0.113.9")),
                assign(Field.DESTINATION_TYPE, Field.TYPE_UNICAST),
                assign(Field.DESTINATION_PORT, 8080));
        HouseRules rules = linux().base(
                        Hook.PREROUTING, -100, true, Matching.FIRST, Condition.ALWAYS, Action.ACCEPT, translate)
                .forward(Action.DROP, accept(tcp(8080), to("203.0.113.9/32"), Condition.not(INVALID)));
        Packet sent = leaking(rules.ask());
        assertThat(sent.number(Field.DESTINATION_PORT)).isIn(80L, 8080L);
        Escapes escapes = new DiagramEngine().escapes(rules.build(), question());
        Packet web = leaking(linux().ask()).with(Field.DESTINATION_PORT, 80);
        assertThat(escapes.surely(web)).isTrue();
        assertThat(escapes.surely(web.with(Field.DESTINATION, address("192.168.1.50"))))
                .isTrue();
        assertThat(escapes.possibly(web.with(Field.DESTINATION_PORT, 81))).isFalse();
        // Only first packets of flows are translated: an invalid one is not.
        assertThat(escapes.possibly(web.with(Field.STATE, Field.STATE_INVALID))).isFalse();
        HouseRules kept = linux().base(
                        Hook.PREROUTING,
                        -100,
                        true,
                        Matching.FIRST,
                        Condition.ALWAYS,
                        Action.ACCEPT,
                        rule(
                                Condition.ALWAYS,
                                Action.ACCEPT,
                                assign(Field.DESTINATION, address("192.168.1.50")),
                                assign(Field.DESTINATION_TYPE, Field.TYPE_UNICAST)))
                .forward(Action.ACCEPT, drop(INVALID), drop(Condition.in(Field.STATE, Field.STATE_UNTRACKED)));
        assertThat(kept.ask()).isEqualTo(new Silent());
    }

    @Test
    void state_isUnknownBeforeTracking_andUntrackedWhereARuleSaysSo() throws TooLarge {
        HouseRules raw = linux().base(Hook.PREROUTING, -300, Action.DROP, accept(INVALID))
                .forward(Action.DROP, accept(NEW));
        assertThat(leaking(raw.ask()).number(Field.STATE)).isEqualTo(Field.STATE_NEW);
        assertThat(linux().base(Hook.PREROUTING, -201, Action.ACCEPT, drop(INVALID))
                        .ask())
                .isEqualTo(new Silent());
        assertThat(linux().base(Hook.PREROUTING, -200, Action.ACCEPT, drop(INVALID))
                        .ask())
                .isInstanceOf(Leaking.class);
        assertThat(linux().base(Hook.INGRESS, 0, Action.ACCEPT, drop(INVALID)).ask())
                .isEqualTo(new Silent());
        Condition untracked = Condition.in(Field.STATE, Field.STATE_UNTRACKED);
        HouseRules notrack = linux().base(
                        Hook.PREROUTING, -300, Action.ACCEPT, rule(tcp(7), Action.CONTINUE, new Effect.NoTrack()))
                .forward(Action.DROP, accept(untracked));
        assertThat(leaking(notrack.ask()).number(Field.DESTINATION_PORT)).isEqualTo(7);
        HouseRules late = linux().base(Hook.PREROUTING, -200, Action.ACCEPT, change(new Effect.NoTrack()))
                .forward(Action.DROP, accept(untracked));
        // A flow that is tracked already stays so.
        assertThat(leaking(late.ask()).number(Field.STATE)).isEqualTo(Field.STATE_INVALID);
        HouseRules atOnce = linux().base(
                        Hook.PREROUTING, -300, Action.DROP, change(new Effect.NoTrack()), accept(untracked))
                .forward(Action.ACCEPT, drop(INVALID), drop(NEW));
        assertThat(atOnce.ask()).isInstanceOf(Leaking.class);
    }

    @Test
    void flowMark_isSetOnlyOfWhatHasAFlow() throws TooLarge {
        for (int priority : new int[] {-300, -150}) {
            Rule marks = change(new Effect.SetMark(Field.FLOW_MARK, 0, 5));
            Condition marked = Condition.in(Field.FLOW_MARK, 5);
            HouseRules rules = linux().base(Hook.PREROUTING, priority, Action.ACCEPT, marks)
                    .forward(Action.DROP, accept(marked));
            assertThat(rules.ask()).isInstanceOf(priority < -200 ? Silent.class : Leaking.class);
            HouseRules invalid = linux().base(Hook.PREROUTING, priority, Action.ACCEPT, marks)
                    .forward(Action.DROP, accept(marked, INVALID));
            assertThat(invalid.ask()).isEqualTo(new Silent());
        }
    }

    @Test
    void guard_keepsPacketsOutOfTheChain() throws TooLarge {
        Condition v6 = Condition.in(Field.FAMILY, Field.IPV6);
        HouseRules rules = linux().base(Hook.FORWARD, 0, false, Matching.FIRST, v6, Action.DROP);
        assertThat(rules.ask()).isInstanceOf(Leaking.class);
        assertThat(rules.ask(question6())).isEqualTo(new Silent());
    }

    @Test
    void hopLimit_isOneLessBehindRouting_andWhatIsUsedUpThereGoesNoFurther() throws TooLarge {
        for (Effect[] way : new Effect[][] {{}, {new Effect.RouteTo("wan0")}}) {
            HouseRules only63 = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, change(way))
                    .forward(Action.DROP, accept(Condition.in(Field.HOP_LIMIT, 63)));
            assertThat(only63.ask())
                    .isInstanceOfSatisfying(
                            Finding.Leaking.class,
                            leak -> assertThat(leak.sent().number(Field.HOP_LIMIT))
                                    .isEqualTo(64));
            for (long never : new long[] {0, 255}) {
                HouseRules only = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, change(way))
                        .forward(Action.DROP, accept(Condition.in(Field.HOP_LIMIT, never)));
                assertThat(only.ask()).isEqualTo(new Finding.Silent());
            }
        }
    }

    @Test
    void hopLimitThatRulesSet_isOneLessBehindRouting_alsoForASinglePacketAskedAbout() throws TooLarge {
        HouseRules rules = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, change(assign(Field.HOP_LIMIT, 2, 9)))
                .forward(Action.DROP, accept(Condition.in(Field.HOP_LIMIT, 1)));
        assertThat(rules.ask())
                .isInstanceOfSatisfying(
                        Finding.Unproven.class,
                        open -> assertThat(open.unknowns()).hasSize(1));
    }

    @Test
    void addressThatIsNeverForwardedTo_staysEvenWhereARuleRoutesOutside() throws TooLarge {
        HouseRules rules = linux().base(
                        Hook.PREROUTING,
                        0,
                        Action.ACCEPT,
                        change(assign(Field.DESTINATION, address("127.0.0.1")), new Effect.RouteTo("wan0")));
        assertThat(rules.ask()).isEqualTo(new Finding.Silent());
    }

    @Test
    void translatedOnce_noOtherChainOfThatKindIsAsked_butOneOfTheOtherKindIs() throws TooLarge {
        Rule destination = change(assign(Field.FLOW_STATUS, 2));
        assertThat(translating(Hook.PREROUTING, destination, drop()).ask()).isInstanceOf(Finding.Leaking.class);
        assertThat(translating(Hook.POSTROUTING, destination, drop()).ask()).isEqualTo(new Finding.Silent());
        Rule source = change(assign(Field.FLOW_STATUS, 1));
        assertThat(translating(Hook.PREROUTING, source, drop()).ask()).isEqualTo(new Finding.Silent());
        assertThat(translating(Hook.POSTROUTING, source, drop()).ask()).isInstanceOf(Finding.Leaking.class);
    }

    /** A rule that says that the flow is translated, and a translation chain behind it. */
    private static HouseRules translating(Hook hook, Rule first, Rule then) {
        return linux().base(Hook.PREROUTING, -150, Action.ACCEPT, first, drop(Condition.not(NEW)))
                .base(hook, 0, true, Matching.FIRST, Condition.ALWAYS, Action.ACCEPT, then);
    }

    @Test
    void routeTo_leavesByThatInterface_alsoToTheHouse() throws TooLarge {
        HouseRules out = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, change(new Effect.RouteTo("wan0")))
                .forward(Action.DROP, accept(to("192.168.1.0/24")));
        assertThat(out.ask()).isInstanceOf(Leaking.class);
        for (String elsewhere : List.of("lan0", "vpn7")) {
            assertThat(linux().base(Hook.PREROUTING, 0, Action.ACCEPT, change(new Effect.RouteTo(elsewhere)))
                            .ask())
                    .isEqualTo(new Silent());
        }
    }

    @Test
    void twoWaysOut_areBothLookedAt() throws TooLarge {
        House house = new House(HouseRules.HOUSE.inside(), List.of("wan0", "wwan1"));
        Rule notWan = drop(new Condition.InterfaceIs(Field.OUT_INTERFACE, "wan", true));
        assertThat(linux().forward(Action.ACCEPT, notWan).ask()).isEqualTo(new Silent());
        assertThat(linux().forward(Action.ACCEPT, notWan).ask(question(house, false)))
                .isInstanceOf(Leaking.class);
    }

    @Test
    void time_isThatOfTheQuestion() throws TooLarge {
        Instant at = question().at();
        Condition past = new Condition.At(new TimeSpan.Between(Optional.empty(), Optional.of(at)));
        Condition now = new Condition.At(new TimeSpan.Between(Optional.of(at), Optional.empty()));
        Condition somewhere = new Condition.At(
                new TimeSpan.Daily(LocalTime.NOON, LocalTime.MIDNIGHT, Set.of(DayOfWeek.values()), Optional.empty()));
        Condition here = new Condition.At(new TimeSpan.Daily(
                LocalTime.of(11, 0), LocalTime.of(13, 0), Set.of(DayOfWeek.SUNDAY), Optional.of(ZoneOffset.UTC)));
        assertThat(linux().forward(Action.DROP, accept(past)).ask()).isEqualTo(new Silent());
        assertThat(linux().forward(Action.DROP, accept(now)).ask()).isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.DROP, accept(here)).ask()).isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.DROP, accept(somewhere)).ask()).isInstanceOf(Unproven.class);
    }

    @Test
    void rows_holdForAllFieldsAtOnce() throws TooLarge {
        Condition rows = new Condition.Row(
                List.of(Field.DESTINATION, Field.PROTOCOL),
                List.of(
                        List.of(ValueSet.of(128, address("9.9.9.9")), Field.PROTOCOL.only(6)),
                        List.of(ValueSet.of(128, address("8.8.8.8")), Field.PROTOCOL.only(17))));
        Escapes escapes = new DiagramEngine()
                .escapes(linux().forward(Action.DROP, accept(rows)).build(), question());
        Packet web = leaking(linux().ask());
        Packet nine = web.with(Field.DESTINATION, address("9.9.9.9"));
        Packet eight = web.with(Field.DESTINATION, address("8.8.8.8"));
        assertThat(escapes.surely(nine)).isTrue();
        assertThat(escapes.possibly(eight)).isFalse();
        assertThat(escapes.surely(eight.with(Field.PROTOCOL, 17))).isTrue();
        assertThat(escapes.possibly(nine.with(Field.PROTOCOL, 17))).isFalse();
    }

    private static Packet leaking(Finding finding) {
        assertThat(finding).isInstanceOf(Leaking.class);
        return ((Leaking) finding).sent();
    }
}
