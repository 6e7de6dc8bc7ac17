package org.funkstille.proof.diagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.diagrams.HouseRules.accept;
import static org.funkstille.proof.diagrams.HouseRules.assign;
import static org.funkstille.proof.diagrams.HouseRules.camera;
import static org.funkstille.proof.diagrams.HouseRules.change;
import static org.funkstille.proof.diagrams.HouseRules.drop;
import static org.funkstille.proof.diagrams.HouseRules.linux;
import static org.funkstille.proof.diagrams.HouseRules.mark;
import static org.funkstille.proof.diagrams.HouseRules.pf;
import static org.funkstille.proof.diagrams.HouseRules.quick;
import static org.funkstille.proof.diagrams.HouseRules.rule;
import static org.funkstille.proof.diagrams.HouseRules.tcp;
import static org.funkstille.proof.diagrams.HouseRules.to;
import static org.funkstille.proof.diagrams.HouseRules.unknown;

import java.util.List;
import org.funkstille.proof.diagrams.Shadows.Kind;
import org.funkstille.proof.diagrams.Shadows.Shadow;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.junit.jupiter.api.Test;

final class ShadowsTest {

    @Test
    void ruleBehindOneThatTakesAllItMatches_isShadowed_andTheOtherIsNamed() throws TooLarge {
        Rule general = accept(to("10.0.0.0/8"));
        Rule special = drop(to("10.1.0.0/16"));
        Rule partly = drop(to("10.0.0.0/7"));
        assertThat(of(linux().forward(Action.ACCEPT, general, special, partly)).shadows())
                .singleElement()
                .isEqualTo(new Shadow("FORWARD 0", 1, special, Kind.NEVER_MATCHES, List.of(general)));
    }

    @Test
    void severalRulesTogether_shadowOne_andAreAllNamed() throws TooLarge {
        Rule low = accept(to("10.0.0.0/9"));
        Rule high = drop(to("10.128.0.0/9"));
        Rule other = drop(to("11.0.0.0/8"));
        Rule never = accept(to("10.0.0.0/8"));
        assertThat(of(linux().forward(Action.ACCEPT, low, high, other, never)).shadows())
                .singleElement()
                .satisfies(shadow -> assertThat(shadow.by()).containsExactly(low, high));
    }

    @Test
    void ruleBehindAnUnknownOne_isNotShadowed_asItMayNotMatch() throws TooLarge {
        assertThat(of(linux().forward(Action.ACCEPT, drop(unknown("list")), accept(camera())))
                        .shadows())
                .isEmpty();
        assertThat(of(linux().forward(Action.ACCEPT, rule(camera(), new Action.Unclear("x")), accept(camera())))
                        .shadows())
                .isEmpty();
        Rule shadowed = accept(camera(), unknown("list"));
        assertThat(of(linux().forward(Action.ACCEPT, drop(camera()), shadowed)).shadows())
                .extracting(Shadow::rule)
                .containsExactly(shadowed);
    }

    @Test
    void ruleThatContradictsItself_orItsHook_matchesNothing() throws TooLarge {
        Rule impossible = drop(to("10.0.0.0/8"), to("11.0.0.0/8"));
        Rule atInput = drop(new Condition.InterfaceIs(Field.OUT_INTERFACE, "wan0", false));
        Rule possible = drop(
                new Condition.InterfaceIs(Field.IN_INTERFACE, "wg", true),
                Condition.not(new Condition.InterfaceIs(Field.IN_INTERFACE, "wg0", false)));
        assertThat(of(linux().base(Hook.INPUT, 0, Action.ACCEPT, impossible, atInput, possible))
                        .shadows())
                .extracting(Shadow::rule)
                .containsExactly(impossible, atInput);
    }

    @Test
    void chainThatIsCalledTwice_isJudgedOverBothCalls() throws TooLarge {
        Rule shared = drop(camera());
        HouseRules rules = linux().chain("sub", shared)
                .forward(Action.ACCEPT, accept(camera()), rule(Condition.ALWAYS, new Action.Jump("sub")));
        assertThat(of(rules).shadows()).extracting(Shadow::rule).containsExactly(shared);
        rules.base(Hook.INPUT, 0, Action.ACCEPT, rule(Condition.ALWAYS, new Action.Jump("sub")));
        assertThat(of(rules).shadows()).isEmpty();
    }

    @Test
    void chainNobodyCalls_isUnvisited() throws TooLarge {
        HouseRules rules = linux().chain("spare", drop())
                .forward(Action.ACCEPT, rule(tcp(1), new Action.Goto("used")), drop(tcp(1)))
                .chain("used", accept(camera()));
        Shadows shadows = of(rules);
        assertThat(shadows.unvisited()).containsExactly("spare");
        // Behind a goto nothing of its packets is left.
        assertThat(shadows.shadows()).extracting(Shadow::index).containsExactly(1);
    }

    @Test
    void changesOnTheWay_areSeen() throws TooLarge {
        Condition one = Condition.in(Field.MARK, 1);
        Rule marksOne = change(mark(1));
        Rule flips = change(new Effect.SetMark(Field.MARK, 0xffffffffL, 3));
        Rule copies = change(new Effect.CopyMark(Field.FLOW_MARK, 4, Field.MARK, 4));
        Rule two = drop(Condition.in(Field.MARK, 2));
        Rule six = drop(Condition.in(Field.MARK, 6));
        Rule ports = change(assign(Field.DESTINATION_PORT, 80, 81));
        Rule web = drop(tcp(80));
        Rule other = drop(tcp(82));
        Rule notOne = drop(one);
        assertThat(of(linux().forward(Action.ACCEPT, ports, web, other, marksOne, flips, copies, notOne, two, six))
                        .shadows())
                .extracting(Shadow::rule)
                .containsExactly(other, notOne);
    }

    @Test
    void inPf_laterRulesThatDecideAnew_takeEffectAway() throws TooLarge {
        Rule first = accept(to("10.1.0.0/16"));
        Rule later = drop(to("10.0.0.0/8"));
        Rule quick = quick(to("10.2.0.0/16"), Action.DROP);
        Rule behindQuick = accept(to("10.2.3.0/24"));
        Rule tags = rule(to("10.1.0.0/16"), Action.ACCEPT, assign(Field.TAG, 1));
        Rule maybe = drop(unknown("os"));
        assertThat(of(pf().last(Hook.PREROUTING, Action.ACCEPT, first, tags, quick, behindQuick, later, maybe))
                        .shadows())
                .containsExactly(
                        new Shadow("PREROUTING 0", 0, first, Kind.NEVER_DECIDES, List.of(tags, later)),
                        new Shadow("PREROUTING 0", 3, behindQuick, Kind.NEVER_MATCHES, List.of(quick)));
        assertThat(of(pf().last(Hook.PREROUTING, Action.ACCEPT, first, maybe)).shadows())
                .isEmpty();
    }

    @Test
    void lookup_takesWhatItsEntriesDecideOn() throws TooLarge {
        Rule table = rule(
                Condition.ALWAYS,
                new Action.Lookup(
                        List.of(Field.DSCP),
                        List.of(
                                new Action.Entry(List.of(ValueSet.of(6, Range.of(0, 7))), Action.DROP),
                                new Action.Entry(List.of(ValueSet.of(6, Range.of(8, 9))), Action.CONTINUE))));
        Rule taken = drop(Condition.in(Field.DSCP, 5));
        Rule left = drop(Condition.in(Field.DSCP, 9));
        Rule beside = drop(Condition.in(Field.DSCP, 60));
        assertThat(of(linux().forward(Action.ACCEPT, table, taken, left, beside))
                        .shadows())
                .extracting(Shadow::rule)
                .containsExactly(taken);
    }

    private static Shadows of(HouseRules rules) throws TooLarge {
        return Shadows.of(rules.build(), Budget.USUAL);
    }
}
