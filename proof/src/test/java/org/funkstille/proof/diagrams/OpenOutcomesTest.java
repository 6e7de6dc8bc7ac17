package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.address;
import static org.funkstille.proof.diagrams.HouseRules.assign;
import static org.funkstille.proof.diagrams.HouseRules.camera;
import static org.funkstille.proof.diagrams.HouseRules.change;
import static org.funkstille.proof.diagrams.HouseRules.choice;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.linux;
import static org.funkstille.proof.diagrams.HouseRules.mark;
import static org.funkstille.proof.diagrams.HouseRules.rule;
import static org.funkstille.proof.diagrams.HouseRules.tcp;
import static org.funkstille.proof.diagrams.HouseRules.unknown;

import java.util.List;
import java.util.stream.IntStream;
import org.funkstille.proof.diagrams.Finding.Leaking;
import org.funkstille.proof.diagrams.Finding.Silent;
import org.funkstille.proof.diagrams.Finding.Unproven;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.junit.jupiter.api.Test;

/** What is not certain: who decides, and whether it matters. */
final class OpenOutcomesTest {

    @Test
    void unknown_leavesItOpen_inBothDirections() throws TooLarge {
        assertUnproven(linux().forward(Action.DROP, accept(unknown("geoip"))), "geoip");
        assertUnproven(linux().forward(Action.ACCEPT, drop(unknown("geoip"))), "geoip");
        assertUnproven(linux().forward(Action.ACCEPT, drop(Condition.not(unknown("geoip")))), "geoip");
    }

    @Test
    void unknownThatMakesNoDifference_isNotNamed() throws TooLarge {
        assertThat(linux().forward(Action.DROP, drop(unknown("one")), drop()).ask())
                .isEqualTo(new Silent());
        assertThat(linux().forward(Action.DROP, accept(unknown("one")), accept())
                        .ask())
                .isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.DROP, accept(unknown("one"), Condition.in(Field.ETHER_SOURCE, 5)))
                        .ask())
                .isEqualTo(new Silent());
        assertUnproven(
                linux().forward(
                                Action.ACCEPT,
                                rule(unknown("harmless"), Action.CONTINUE, mark(1)),
                                drop(unknown("decisive")),
                                rule(Condition.ALWAYS, Action.ACCEPT),
                                drop(unknown("never come to"))),
                "decisive");
    }

    @Test
    void packetsForWhichAnUnknownDoesNotMatter_leakSurely() throws TooLarge {
        Condition either = Condition.any(tcp(80), unknown("one"));
        assertThat(linux().forward(Action.DROP, accept(either)).ask()).isInstanceOf(Leaking.class);
        Condition both = Condition.all(tcp(80), unknown("one"));
        assertThat(linux().forward(Action.ACCEPT, drop(both)).ask()).isInstanceOf(Leaking.class);
        assertUnproven(linux().forward(Action.DROP, accept(both)), "one");
    }

    @Test
    void twoUnknowns_areIndependent_alsoOfTheSameWords() throws TooLarge {
        // Were they one, the second rule would drop what the first lets pass.
        assertUnproven(linux().forward(Action.ACCEPT, drop(unknown("x")), drop(Condition.not(unknown("x")))), "x");
        assertUnproven(linux().forward(Action.ACCEPT, drop(unknown("b")), drop(unknown("a"))), "a", "b");
    }

    @Test
    void choice_isTheSenders() throws TooLarge {
        assertThat(linux().forward(Action.DROP, accept(choice())).ask()).isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.ACCEPT, drop(choice())).ask()).isInstanceOf(Leaking.class);
        assertThat(linux().forward(Action.DROP, accept(choice(), Condition.not(choice())))
                        .ask())
                .isInstanceOf(Leaking.class);
    }

    @Test
    void choiceBeforeAnUnknown_cannotFollowIt_butOneBehindCan() throws TooLarge {
        // It passes where mark 1 and the unknown agree.
        Rule chosen = rule(choice(), Action.CONTINUE, mark(1));
        Rule happens = rule(unknown("one"), Action.CONTINUE, new Effect.SetMark(Field.MARK, 0xffffffffL, 2));
        Rule[] agree = {accept(Condition.in(Field.MARK, 0)), accept(Condition.in(Field.MARK, 3))};
        assertUnproven(linux().forward(Action.DROP, chosen, happens, agree[0], agree[1]), "one");
        assertThat(linux().forward(
                                Action.DROP,
                                happens,
                                rule(choice(), Action.CONTINUE, new Effect.SetMark(Field.MARK, 0xffffffffL, 1)),
                                agree[0],
                                agree[1])
                        .ask())
                .isInstanceOf(Leaking.class);
    }

    @Test
    void unclearAction_mayAcceptDropOrGoOn() throws TooLarge {
        Action unclear = new Action.Unclear("jump to a helper");
        assertUnproven(linux().forward(Action.ACCEPT, rule(camera(), unclear)), "jump to a helper");
        assertUnproven(linux().forward(Action.DROP, rule(camera(), unclear)), "jump to a helper");
        assertThat(linux().forward(Action.ACCEPT, drop(camera()), rule(camera(), unclear))
                        .ask())
                .isEqualTo(new Silent());
        // Whatever it does here, another base chain drops.
        assertThat(linux().forward(Action.ACCEPT, rule(camera(), unclear))
                        .base(Hook.POSTROUTING, 0, Action.DROP)
                        .ask())
                .isEqualTo(new Silent());
    }

    @Test
    void unclearEffect_mayCarryThePacketAway_whateverFollows() throws TooLarge {
        Rule tee = rule(camera(), Action.CONTINUE, new Effect.Unclear("tee"));
        assertUnproven(linux().forward(Action.ACCEPT, tee), "tee");
        assertUnproven(linux().forward(Action.DROP, tee), "tee");
        assertThat(linux().forward(Action.DROP, drop(camera()), tee).ask()).isEqualTo(new Silent());
    }

    @Test
    void assignedNumberThatIsNotKnown_mattersOnlyWhereSomethingHangsOnIt() throws TooLarge {
        Rule balance = rule(
                Condition.ALWAYS,
                Action.CONTINUE,
                assign(Field.DESTINATION, address("203.0.113.1"), address("203.0.113.4")),
                assign(Field.DESTINATION_TYPE, Field.TYPE_UNICAST));
        HouseRules one = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, balance)
                .forward(Action.DROP, accept(HouseRules.to("203.0.113.2/32")));
        assertThat(one.ask())
                .isInstanceOfSatisfying(
                        Unproven.class,
                        found -> assertThat(found.unknowns())
                                .singleElement()
                                .asString()
                                .contains("DESTINATION"));
        HouseRules all = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, balance)
                .forward(Action.DROP, accept(HouseRules.to("203.0.113.0/29")));
        assertThat(all.ask()).isInstanceOf(Leaking.class);
        HouseRules none = linux().base(Hook.PREROUTING, 0, Action.ACCEPT, balance)
                .forward(Action.DROP, accept(HouseRules.to("203.0.113.8/29")));
        assertThat(none.ask()).isEqualTo(new Silent());
    }

    @Test
    void unknownGuard_isTakenBothWays() throws TooLarge {
        HouseRules rules = linux().base(Hook.FORWARD, 0, false, Matching.FIRST, unknown("device list"), Action.DROP);
        assertUnproven(rules, "device list");
    }

    @Test
    void thousandsOfUnknowns_areAnsweredAllTheSame() throws TooLarge {
        Rule[] rules = IntStream.range(0, 3_000)
                .mapToObj(index -> drop(unknown("x" + index)))
                .toArray(Rule[]::new);
        assertThat(linux().forward(Action.ACCEPT, rules).ask())
                .isInstanceOfSatisfying(
                        Unproven.class, found -> assertThat(found.unknowns()).hasSize(3_000));
    }

    @Test
    void chainsThatCallEachOtherManyTimes_doNotTakeForever() throws TooLarge {
        HouseRules rules = linux();
        for (int level = 0; level < 100; level++) {
            Rule jump = rule(Condition.ALWAYS, new Action.Jump("level " + (level + 1)));
            rules.chain("level " + level, jump, jump, jump);
        }
        rules.chain("level 100", drop(unknown("deep")));
        assertUnproven(rules.forward(Action.ACCEPT, rule(camera(), new Action.Jump("level 98"))), "deep");
        assertThat(rules.forward(Action.ACCEPT, drop(tcp(80)), rule(camera(), new Action.Jump("level 0")))
                        .base(Hook.FORWARD, 1, Action.ACCEPT, change(mark(1)))
                        .ask())
                .isInstanceOf(Unproven.class);
    }

    private static void assertUnproven(HouseRules rules, String... unknowns) throws TooLarge {
        assertThat(rules.ask())
                .isInstanceOfSatisfying(
                        Unproven.class, found -> assertThat(found.unknowns()).isEqualTo(List.of(unknowns)));
    }
}
