package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.address;
import static org.funkstille.proof.diagrams.HouseRules.assign;
import static org.funkstille.proof.diagrams.HouseRules.camera;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.pf;
import static org.funkstille.proof.diagrams.HouseRules.quick;
import static org.funkstille.proof.diagrams.HouseRules.rule;
import static org.funkstille.proof.diagrams.HouseRules.tcp;
import static org.funkstille.proof.diagrams.HouseRules.to;
import static org.funkstille.proof.diagrams.HouseRules.unknown;

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
import org.junit.jupiter.api.Test;

/** Rule sets of pf: the last matching rule decides. */
final class LastMatchTest {

    private static final Condition TAGGED = Condition.in(Field.TAG, 1);

    @Test
    void lastMatchingRule_decides_unlessOneBeforeIsQuick() throws TooLarge {
        assertThat(in(drop(camera()), accept(camera()))).isInstanceOf(Leaking.class);
        assertThat(in(accept(camera()), drop(camera()))).isEqualTo(new Silent());
        assertThat(in(quick(camera(), Action.DROP), accept(camera()))).isEqualTo(new Silent());
        assertThat(in(quick(camera(), Action.ACCEPT), drop(camera()))).isInstanceOf(Leaking.class);
        assertThat(in(drop(camera()), quick(tcp(80), Action.ACCEPT), drop()))
                .isInstanceOfSatisfying(
                        Leaking.class,
                        found -> assertThat(found.sent().number(Field.DESTINATION_PORT))
                                .isEqualTo(80));
    }

    @Test
    void whereNoRuleMatches_thePolicyDecides() throws TooLarge {
        assertThat(pf().last(Hook.PREROUTING, Action.DROP).ask()).isEqualTo(new Silent());
        assertThat(pf().last(Hook.PREROUTING, Action.ACCEPT).ask()).isInstanceOf(Leaking.class);
        assertThat(in(drop(tcp(80)))).isInstanceOf(Leaking.class);
    }

    @Test
    void tag_sticks_alsoWhereItsRuleDoesNotDecide() throws TooLarge {
        Rule tags = rule(camera(), Action.ACCEPT, assign(Field.TAG, 1));
        Rule out = quick(TAGGED, Action.DROP);
        assertThat(pf().last(Hook.PREROUTING, Action.DROP, tags, accept(camera()))
                        .last(Hook.POSTROUTING, Action.ACCEPT, out)
                        .ask())
                .isEqualTo(new Silent());
        assertThat(pf().last(Hook.PREROUTING, Action.DROP, accept(camera()))
                        .last(Hook.POSTROUTING, Action.ACCEPT, out)
                        .ask())
                .isInstanceOf(Leaking.class);
        assertThat(in(rule(camera(), Action.CONTINUE, assign(Field.TAG, 1)), drop(), accept(TAGGED)))
                .isInstanceOf(Leaking.class);
    }

    @Test
    void routeTo_countsOnlyOfTheDecidingRule() throws TooLarge {
        Rule routes = rule(camera(), Action.ACCEPT, new Effect.RouteTo("wan0"));
        Rule onlyHouse = quick(Condition.not(to("192.168.1.0/24")), Action.DROP);
        assertThat(in(onlyHouse, accept(camera()), routes)).isInstanceOf(Leaking.class);
        assertThat(in(onlyHouse, routes, accept(camera()))).isEqualTo(new Silent());
        assertThat(in(onlyHouse, routes, drop(camera()))).isEqualTo(new Silent());
        assertThat(in(onlyHouse, routes, rule(camera(), Action.CONTINUE))).isInstanceOf(Leaking.class);
    }

    @Test
    void address_isThatOfTheDecidingRule_andLaterConditionsSeeTheOldOne() throws TooLarge {
        Rule translates = rule(tcp(80), Action.ACCEPT, assign(Field.DESTINATION, address("192.168.1.50")));
        assertThat(in(drop(), translates)).isEqualTo(new Silent());
        assertThat(in(drop(), translates, accept(tcp(80)))).isInstanceOf(Leaking.class);
        assertThat(in(drop(), translates, accept(to("192.168.1.50/32")))).isEqualTo(new Silent());
    }

    @Test
    void unknown_isOpen_onlyForPacketsThatItsRuleDecides() throws TooLarge {
        assertThat(in(drop(), accept(unknown("os")))).isInstanceOf(Unproven.class);
        assertThat(in(accept(unknown("os")), drop())).isEqualTo(new Silent());
        assertThat(in(drop(), rule(camera(), new Action.Unclear("divert")))).isInstanceOf(Unproven.class);
        assertThat(in(drop(), rule(camera(), new Action.Jump("in")), drop(camera())))
                .isEqualTo(new Silent());
        assertThat(in(drop(), quick(camera(), new Action.Unclear("divert")), drop(camera())))
                .isInstanceOf(Unproven.class);
    }

    @Test
    void translationChain_isForEveryPacket_andStateIsNew() throws TooLarge {
        Rule translates = rule(Condition.ALWAYS, Action.ACCEPT, assign(Field.DESTINATION, address("192.168.1.50")));
        Escapes escapes = new DiagramEngine()
                .escapes(
                        pf().base(
                                        Hook.PREROUTING,
                                        -1,
                                        true,
                                        Matching.FIRST,
                                        Condition.ALWAYS,
                                        Action.ACCEPT,
                                        translates)
                                .build(),
                        HouseRules.question());
        assertThat(escapes.finding()).isEqualTo(new Silent());
        assertThat(pf().base(Hook.INGRESS, 0, Action.ACCEPT, drop(Condition.in(Field.STATE, Field.STATE_NEW)))
                        .ask())
                .isEqualTo(new Silent());
        Packet sent = ((Leaking) pf().ask()).sent();
        assertThat(sent.number(Field.STATE)).isEqualTo(Field.STATE_NEW);
    }

    private static Finding in(Rule... rules) throws TooLarge {
        HouseRules all = pf().last(Hook.PREROUTING, Action.ACCEPT, rules);
        return all.chain("in").ask();
    }
}
