package org.funkstille.proof.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.simulate.Sketch.accept;
import static org.funkstille.proof.simulate.Sketch.address;
import static org.funkstille.proof.simulate.Sketch.assign;
import static org.funkstille.proof.simulate.Sketch.does;
import static org.funkstille.proof.simulate.Sketch.drop;
import static org.funkstille.proof.simulate.Sketch.mark;
import static org.funkstille.proof.simulate.Sketch.packet;
import static org.funkstille.proof.simulate.Sketch.setMark;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/** The way through the hooks. */
final class WayTest {

    private static final Packet TO_ROUTER = packet().with(Field.DESTINATION_TYPE, Field.TYPE_LOCAL);

    private static final Packet TO_LAN = packet().with(Field.DESTINATION, address("192.168.1.20"));

    @Test
    void nothingFiltered_unicastLeaves_insideStays_localReachesAService() {
        assertThat(new Sketch().outcome()).isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch().outcome(TO_LAN)).isEqualTo(Outcome.STAYED);
        assertThat(new Sketch().outcome(TO_ROUTER)).isEqualTo(Outcome.ROUTER);
        assertThat(new Sketch().outcome(packet().with(Field.DESTINATION_TYPE, Field.TYPE_OTHER)))
                .isEqualTo(Outcome.STAYED);
    }

    @Test
    void servicesThatDoNotCount_andHarmlessPackets_areNoWayOut() {
        Question withoutServices = Sketch.question(Sketch.HOUSE, false);
        assertThat(new Simulator(new Sketch().on(Platform.NETFILTER), withoutServices)
                        .course(TO_ROUTER, List.of())
                        .outcome())
                .isEqualTo(Outcome.STAYED);
        assertThat(new Sketch().outcome(TO_ROUTER.with(Field.DESTINATION_PORT, 67)))
                .isEqualTo(Outcome.STAYED);
        assertThat(new Sketch()
                        .outcome(TO_ROUTER.with(Field.DESTINATION_PORT, 67).with(Field.LATER_FRAGMENT, 1)))
                .as("alone it never becomes a whole")
                .isEqualTo(Outcome.STAYED);
    }

    @Test
    void hooks_areMetInTheirOrder_byForwardedAndByLocalPackets() {
        Sketch all = new Sketch();
        for (Hook hook : List.of(
                Hook.EGRESS, Hook.POSTROUTING, Hook.OUTPUT, Hook.FORWARD, Hook.INPUT, Hook.PREROUTING, Hook.INGRESS)) {
            all.base(hook, Action.ACCEPT);
        }
        assertThat(all.course(packet()).path())
                .containsExactly("INGRESS", "PREROUTING", "FORWARD", "POSTROUTING", "EGRESS");
        for (long type : new long[] {Field.TYPE_LOCAL, Field.TYPE_BROADCAST, Field.TYPE_MULTICAST}) {
            assertThat(all.course(packet().with(Field.DESTINATION_TYPE, type)).path())
                    .containsExactly("INGRESS", "PREROUTING", "INPUT");
        }
        assertThat(all.course(TO_LAN).path()).containsExactly("INGRESS", "PREROUTING");
    }

    @Test
    void ofOneHook_lowPrioritiesComeFirst_elseTheLastRegistered() {
        Course course = new Sketch()
                .base(Hook.FORWARD, "third", 0, Action.ACCEPT)
                .base(Hook.FORWARD, "second", 0, Action.ACCEPT)
                .base(Hook.FORWARD, "first", -1, Action.ACCEPT)
                .course(packet());
        assertThat(course.path()).containsExactly("first", "second", "third");
    }

    @Test
    void accept_leavesOnlyItsBaseChain_andDropEndsThePacket() {
        Rule accept = accept(Condition.ALWAYS);
        Rule drop = drop(Condition.ALWAYS);
        Course course = new Sketch()
                .base(Hook.FORWARD, "first", 0, Action.DROP, accept, drop)
                .base(Hook.FORWARD, "second", 1, Action.ACCEPT, drop)
                .base(Hook.FORWARD, "third", 2, Action.ACCEPT)
                .course(packet());
        assertThat(course.outcome()).isEqualTo(Outcome.GONE);
        assertThat(course.rules()).containsExactly(accept, drop);
        assertThat(course.path()).containsExactly("first", "second");
        assertThat(course.stages().getLast().passed()).isFalse();
    }

    @Test
    void policy_decidesWhereNoRuleDoes_andIsNoRule() {
        Course course = new Sketch().base(Hook.FORWARD, Action.DROP).course(packet());
        assertThat(course.outcome()).isEqualTo(Outcome.GONE);
        assertThat(course.stages()).singleElement().satisfies(stage -> {
            assertThat(stage.rule()).isEmpty();
            assertThat(stage.base().source().text()).isEqualTo("policy of FORWARD");
        });
    }

    @Test
    void guard_letsOtherPacketsPassBy() {
        assertThat(new Sketch()
                        .guarded(Hook.FORWARD, Condition.in(Field.FAMILY, Field.IPV6), Action.DROP)
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void laterFragments_goNowhereAlone_whereConnectionsAreTracked() {
        Packet later = packet().with(Field.LATER_FRAGMENT, 1);
        Rule asking = drop(Condition.in(Field.STATE, Field.STATE_UNTRACKED));
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT).outcome(later))
                .as("nothing is tracked")
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT, asking).outcome(later))
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT, asking).outcome(packet()))
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .base(Hook.FORWARD, Action.ACCEPT, asking)
                        .base(Hook.EGRESS, Action.ACCEPT)
                        .outcome(later))
                .as("cut again before the chain at egress sees it")
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void state_isInvalidBeforeConnectionTracking_andKnownFromItsPriorityOn() {
        Rule dropNew = drop(Condition.in(Field.STATE, Field.STATE_NEW));
        assertThat(new Sketch().base(Hook.INGRESS, Action.ACCEPT, dropNew).outcome())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, "raw", -201, Action.ACCEPT, dropNew)
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, "mangle", -200, Action.ACCEPT, dropNew)
                        .outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT, dropNew).outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, "raw", -201, Action.ACCEPT, dropNew)
                        .onPf())
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void noTrack_makesThePacketUntracked_onlyBeforeConnectionTracking() {
        Rule dropUntracked = drop(Condition.in(Field.STATE, Field.STATE_UNTRACKED));
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, "raw", -300, Action.ACCEPT, does(new Effect.NoTrack()), dropUntracked)
                        .base(Hook.FORWARD, Action.ACCEPT)
                        .outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, "raw", -300, Action.ACCEPT, does(new Effect.NoTrack()))
                        .base(Hook.FORWARD, Action.ACCEPT, dropUntracked)
                        .outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, Action.ACCEPT, does(new Effect.NoTrack()))
                        .base(Hook.FORWARD, Action.ACCEPT, dropUntracked)
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void translationChain_seesOnlyTheFirstPacketOfAFlow() {
        Sketch redirect =
                new Sketch().translation(Hook.PREROUTING, does(assign(Field.DESTINATION, address("192.168.1.20"))));
        assertThat(redirect.outcome()).isEqualTo(Outcome.STAYED);
        assertThat(redirect.outcome(packet().with(Field.STATE, Field.STATE_INVALID)))
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(redirect.outcome(packet().with(Field.DIRECTION, 1))).isEqualTo(Outcome.OUTSIDE);
        assertThat(redirect.onPf()).isEqualTo(Outcome.STAYED);
    }

    @Test
    void forwarded_isOneHopOlder_andNoneOnItsLastHop() {
        Sketch passing64 = new Sketch().base(Hook.FORWARD, Action.DROP, accept(Condition.in(Field.HOP_LIMIT, 64)));
        assertThat(passing64.outcome(packet().with(Field.HOP_LIMIT, 64))).isEqualTo(Outcome.GONE);
        assertThat(passing64.outcome(packet().with(Field.HOP_LIMIT, 65))).isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT).outcome(packet().with(Field.HOP_LIMIT, 1)))
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void translationChain_isPassedBy_whereNothingTracksConnections() {
        assertThat(new Sketch()
                        .translation(Hook.PREROUTING, drop(Condition.ALWAYS))
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .translation(Hook.PREROUTING, drop(Condition.ALWAYS))
                        .base(Hook.FORWARD, Action.ACCEPT, drop(Condition.in(Field.STATE, Field.STATE_INVALID)))
                        .outcome())
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void outInterface_isNoneBeforeRouting_andSetBehindIt() {
        Condition toWan = new Condition.InterfaceIs(Field.OUT_INTERFACE, "wan", false);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, Action.ACCEPT, drop(toWan))
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch().base(Hook.FORWARD, Action.ACCEPT, drop(toWan)).outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(
                                Hook.FORWARD,
                                Action.ACCEPT,
                                drop(new Condition.InterfaceIs(Field.IN_INTERFACE, "br-", true)))
                        .outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(
                                Hook.FORWARD,
                                Action.ACCEPT,
                                drop(new Condition.InterfaceIs(Field.IN_INTERFACE, "br-", false)))
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void routeTo_overridesTheRoutingTable() {
        Sketch toWan = new Sketch().base(Hook.PREROUTING, Action.ACCEPT, does(new Effect.RouteTo("wan")));
        assertThat(toWan.outcome(TO_ROUTER)).isEqualTo(Outcome.OUTSIDE);
        assertThat(toWan.outcome(TO_LAN)).isEqualTo(Outcome.OUTSIDE);
        for (String inside : List.of("br-lan", "tun9")) {
            assertThat(new Sketch()
                            .base(Hook.PREROUTING, Action.ACCEPT, does(new Effect.RouteTo(inside)))
                            .outcome())
                    .isEqualTo(Outcome.STAYED);
        }
    }

    @Test
    void oneOpenInterfaceOfSeveral_isEnough_andNoneIsNoWayOut() {
        House two = new House(Sketch.HOUSE.inside(), List.of("wan", "wwan"));
        Sketch wanShut = new Sketch()
                .base(Hook.FORWARD, Action.ACCEPT, drop(new Condition.InterfaceIs(Field.OUT_INTERFACE, "wan", false)));
        Verdict verdict = new Simulator(wanShut.on(Platform.NETFILTER), Sketch.question(two, true)).verdict(packet());
        assertThat(verdict.escape()).isEqualTo(Escape.SURELY);
        assertThat(verdict.example().orElseThrow().decisions())
                .containsExactly(new Decision(Decision.By.SENDER, "the interface that leads outside", "wwan"));
        House none = new House(Sketch.HOUSE.inside(), List.of());
        assertThat(new Simulator(new Sketch().on(Platform.NETFILTER), Sketch.question(none, true))
                        .verdict(packet())
                        .escape())
                .isEqualTo(Escape.NEVER);
    }

    @Test
    void changesOfThePacket_areSeenByLaterHooks_andByTheRouter() {
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, Action.ACCEPT, does(setMark(7)))
                        .base(Hook.POSTROUTING, Action.ACCEPT, drop(mark(7)))
                        .outcome())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch()
                        .base(Hook.PREROUTING, Action.ACCEPT, does(assign(Field.PROTOCOL, 1)))
                        .outcome(TO_ROUTER))
                .isEqualTo(Outcome.STAYED);
    }

    @Test
    void rulesThatAreSkipped_areAbsent() {
        Rule drop = drop(Condition.ALWAYS);
        Sketch sketch = new Sketch().base(Hook.FORWARD, Action.ACCEPT, drop);
        assertThat(sketch.outcome()).isEqualTo(Outcome.GONE);
        assertThat(new Simulator(sketch.on(Platform.NETFILTER), Sketch.QUESTION, drop::equals)
                        .verdict(packet())
                        .escape())
                .isEqualTo(Escape.SURELY);
    }
}
