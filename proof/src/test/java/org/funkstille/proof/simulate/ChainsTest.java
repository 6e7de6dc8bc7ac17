package org.funkstille.proof.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.simulate.Sketch.accept;
import static org.funkstille.proof.simulate.Sketch.address;
import static org.funkstille.proof.simulate.Sketch.assign;
import static org.funkstille.proof.simulate.Sketch.does;
import static org.funkstille.proof.simulate.Sketch.drop;
import static org.funkstille.proof.simulate.Sketch.mark;
import static org.funkstille.proof.simulate.Sketch.packet;
import static org.funkstille.proof.simulate.Sketch.pf;
import static org.funkstille.proof.simulate.Sketch.quick;
import static org.funkstille.proof.simulate.Sketch.rule;
import static org.funkstille.proof.simulate.Sketch.setMark;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.junit.jupiter.api.Test;

/** What happens inside a base chain. */
final class ChainsTest {

    private static final Rule TO_HELPER = rule(Condition.ALWAYS, new Action.Jump("helper"));
    private static final Rule INTO_HELPER = rule(Condition.ALWAYS, new Action.Goto("helper"));
    private static final Rule BACK = rule(Condition.ALWAYS, Action.RETURN);
    private static final Rule ACCEPT = accept(Condition.ALWAYS);
    private static final Rule DROP = drop(Condition.ALWAYS);

    @Test
    void jump_goesOnBehindTheRule_gotoAsIfTheChainHadEnded() {
        assertThat(new Sketch()
                        .base(Hook.FORWARD, Action.DROP, TO_HELPER, ACCEPT)
                        .chain("helper")
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .base(Hook.FORWARD, Action.DROP, INTO_HELPER, ACCEPT)
                        .chain("helper")
                        .outcome())
                .isEqualTo(Outcome.GONE);
        Course course = new Sketch()
                .base(Hook.FORWARD, Action.DROP, rule(Condition.ALWAYS, new Action.Jump("middle")), ACCEPT)
                .chain("middle", INTO_HELPER, DROP)
                .chain("helper", BACK, DROP)
                .course(packet());
        assertThat(course.outcome()).isEqualTo(Outcome.OUTSIDE);
        assertThat(course.path()).containsExactly("FORWARD");
    }

    @Test
    void path_namesTheChainsThatLedToTheDecision() {
        Course course = new Sketch()
                .base(
                        Hook.FORWARD,
                        Action.DROP,
                        rule(Condition.ALWAYS, new Action.Jump("detour")),
                        rule(Condition.ALWAYS, new Action.Goto("middle")))
                .chain("detour", BACK)
                .chain("middle", TO_HELPER)
                .chain("helper", ACCEPT)
                .course(packet());
        assertThat(course.path()).containsExactly("FORWARD", "middle", "helper");
        assertThat(course.rules()).containsExactly(ACCEPT);
    }

    @Test
    void returnInABaseChain_isItsPolicy() {
        assertThat(new Sketch().base(Hook.FORWARD, Action.DROP, BACK, ACCEPT).outcome())
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void firstMatch_decides_andContinueIsNoDecision() {
        assertThat(new Sketch()
                        .base(
                                Hook.FORWARD,
                                Action.DROP,
                                drop(mark(1)),
                                rule(Condition.ALWAYS, Action.CONTINUE),
                                ACCEPT,
                                DROP)
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void lookup_takesTheFirstEntryThatHoldsAllFields_elseTheNextRule() {
        List<Field> key = List.of(Field.PROTOCOL, Field.DESTINATION_PORT);
        Action.Lookup lookup = new Action.Lookup(
                key,
                List.of(
                        entry(6, 443, Action.DROP),
                        entry(17, 443, new Action.Jump("helper")),
                        entry(17, 443, Action.DROP)));
        Sketch sketch = new Sketch()
                .base(Hook.FORWARD, Action.DROP, rule(Condition.ALWAYS, lookup), ACCEPT)
                .chain("helper", accept(mark(1)));
        assertThat(sketch.outcome()).isEqualTo(Outcome.OUTSIDE);
        assertThat(sketch.outcome(packet().with(Field.PROTOCOL, 6))).isEqualTo(Outcome.GONE);
        assertThat(sketch.outcome(packet().with(Field.DESTINATION_PORT, 80))).isEqualTo(Outcome.OUTSIDE);
    }

    private static Action.Entry entry(long protocol, long port, Action action) {
        return new Action.Entry(List.of(Field.PROTOCOL.only(protocol), Field.DESTINATION_PORT.only(port)), action);
    }

    @Test
    void effects_happenInTheirOrder_beforeTheAction() {
        Rule jumps = new Rule(
                Condition.ALWAYS,
                List.of(setMark(1), setMark(2)),
                new Action.Jump("helper"),
                false,
                Rule.Origin.OWNER,
                TO_HELPER.source());
        assertThat(new Sketch()
                        .base(Hook.FORWARD, Action.DROP, jumps)
                        .chain("helper", accept(mark(2)))
                        .outcome())
                .isEqualTo(Outcome.OUTSIDE);
    }

    @Test
    void marks_areChangedBitByBit() {
        assertThat(markAfter(setMark(0b1100), new Effect.SetMark(Field.MARK, 0b0110, 0b0011)))
                .isEqualTo(0b0111);
        assertThat(markAfter(
                        setMark(0b1101),
                        assign(Field.FLOW_MARK, 0b0110),
                        new Effect.CopyMark(Field.FLOW_MARK, 0b0011, Field.MARK, 0b0110)))
                .isEqualTo(0b1001 ^ 0b0010);
        assertThat(markAfter(new Effect.SetMark(Field.MARK, -1L, -1L))).isEqualTo(0xffffffffL);
    }

    private static long markAfter(Effect... effects) {
        return new Sketch()
                .base(Hook.FORWARD, Action.ACCEPT, does(effects))
                .course(packet())
                .last()
                .first()
                .number(Field.MARK);
    }

    @Test
    void row_holdsWhereOneRowHoldsForAllFields() {
        Condition row = new Condition.Row(
                List.of(Field.PROTOCOL, Field.DESTINATION_PORT),
                List.of(
                        List.of(Field.PROTOCOL.only(6), Field.DESTINATION_PORT.only(443)),
                        List.of(Field.PROTOCOL.only(17), Field.DESTINATION_PORT.only(80))));
        Sketch sketch = new Sketch().base(Hook.FORWARD, Action.ACCEPT, drop(row));
        assertThat(sketch.outcome()).isEqualTo(Outcome.OUTSIDE);
        assertThat(sketch.outcome(packet().with(Field.DESTINATION_PORT, 80))).isEqualTo(Outcome.GONE);
    }

    @Test
    void inPf_theLastMatchDecides_unlessOneBeforeIsQuick() {
        assertThat(new Sketch()
                        .last(Hook.PREROUTING, Action.DROP, DROP, ACCEPT, drop(mark(1)))
                        .onPf())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .last(Hook.PREROUTING, Action.DROP, quick(Condition.ALWAYS, Action.DROP), ACCEPT)
                        .onPf())
                .isEqualTo(Outcome.GONE);
        assertThat(new Sketch().last(Hook.PREROUTING, Action.DROP).onPf()).isEqualTo(Outcome.GONE);
    }

    @Test
    void inPf_aTagSticks_alsoIfItsRuleDoesNotDecide() {
        assertThat(new Sketch()
                        .last(
                                Hook.PREROUTING,
                                Action.DROP,
                                pf(Condition.ALWAYS, Action.DROP, assign(Field.TAG, 3)),
                                pf(Condition.in(Field.TAG, 3), Action.ACCEPT))
                        .last(Hook.POSTROUTING, Action.ACCEPT, quick(Condition.in(Field.TAG, 3), Action.DROP))
                        .onPf())
                .isEqualTo(Outcome.GONE);
    }

    @Test
    void inPf_routeAndAddresses_areThoseOfTheDecidingRule() {
        Rule toLan = pf(Condition.ALWAYS, Action.ACCEPT, new Effect.RouteTo("br-lan"));
        Rule translated = pf(Condition.ALWAYS, Action.ACCEPT, assign(Field.DESTINATION, address("192.168.1.20")));
        assertThat(new Sketch().last(Hook.PREROUTING, Action.DROP, toLan).onPf())
                .isEqualTo(Outcome.STAYED);
        assertThat(new Sketch()
                        .last(Hook.PREROUTING, Action.DROP, toLan, ACCEPT)
                        .onPf())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch().last(Hook.PREROUTING, Action.DROP, translated).onPf())
                .isEqualTo(Outcome.STAYED);
        assertThat(new Sketch()
                        .last(Hook.PREROUTING, Action.DROP, translated, ACCEPT)
                        .onPf())
                .isEqualTo(Outcome.OUTSIDE);
        assertThat(new Sketch()
                        .last(
                                Hook.PREROUTING,
                                Action.DROP,
                                quick(Condition.ALWAYS, Action.ACCEPT, new Effect.RouteTo("br-lan")),
                                ACCEPT)
                        .onPf())
                .isEqualTo(Outcome.STAYED);
    }
}
