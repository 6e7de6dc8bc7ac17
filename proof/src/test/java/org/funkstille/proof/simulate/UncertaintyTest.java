package org.funkstille.proof.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.funkstille.proof.simulate.Sketch.accept;
import static org.funkstille.proof.simulate.Sketch.does;
import static org.funkstille.proof.simulate.Sketch.drop;
import static org.funkstille.proof.simulate.Sketch.mark;
import static org.funkstille.proof.simulate.Sketch.packet;
import static org.funkstille.proof.simulate.Sketch.rule;
import static org.funkstille.proof.simulate.Sketch.setMark;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/** What neither the packet nor the rules say. */
final class UncertaintyTest {

    private static final Condition UNKNOWN = new Condition.Unknown("mystery");
    private static final Condition CHOICE = new Condition.Choice("limit");
    private static final Effect MARK_1_TO_3 = new Effect.Assign(Field.MARK, ValueSet.of(32, Range.of(1, 3)));

    private static Verdict forwarding(Action policy, Rule... rules) {
        return new Sketch().base(Hook.FORWARD, policy, rules).verdict();
    }

    private static Escape escape(Action policy, Rule... rules) {
        return forwarding(policy, rules).escape();
    }

    @Test
    void choice_isTheSenders_unknownIsNobodys() {
        assertThat(escape(Action.DROP, accept(CHOICE))).isEqualTo(Escape.SURELY);
        assertThat(escape(Action.ACCEPT, drop(CHOICE))).isEqualTo(Escape.SURELY);
        assertThat(escape(Action.DROP, accept(UNKNOWN))).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(Action.ACCEPT, drop(UNKNOWN))).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(Action.DROP, drop(UNKNOWN))).isEqualTo(Escape.NEVER);
        assertThat(escape(Action.DROP, accept(Condition.all(CHOICE, UNKNOWN)))).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(Action.DROP, accept(Condition.any(CHOICE, UNKNOWN)))).isEqualTo(Escape.SURELY);
    }

    /** The mark is the sender's, the flow mark nature's; the packet passes where they are equal. */
    @Test
    void decisions_areTakenInTheOrderInWhichTheyAreMet() {
        Rule senders = does(CHOICE, setMark(1));
        Rule natures = does(UNKNOWN, new Effect.SetMark(Field.FLOW_MARK, 0, 1));
        Rule equal = accept(Condition.any(
                Condition.all(mark(0), Condition.in(Field.FLOW_MARK, 0)),
                Condition.all(mark(1), Condition.in(Field.FLOW_MARK, 1))));
        assertThat(escape(Action.DROP, natures, senders, equal)).isEqualTo(Escape.SURELY);
        assertThat(escape(Action.DROP, senders, natures, equal)).isEqualTo(Escape.POSSIBLY);
    }

    @Test
    void eachEvaluation_isIndependentOfOthers() {
        assertThat(escape(Action.DROP, drop(UNKNOWN), accept(UNKNOWN))).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(
                        Action.DROP,
                        drop(Condition.all(UNKNOWN, new Condition.Not(UNKNOWN))),
                        accept(Condition.ALWAYS)))
                .isEqualTo(Escape.POSSIBLY);
    }

    @Test
    void whatNothingHangsOn_isNotAsked() {
        Verdict verdict = forwarding(
                Action.ACCEPT,
                drop(new Condition.All(List.of(UNKNOWN, mark(1)))),
                drop(new Condition.Not(new Condition.Any(List.of(UNKNOWN, mark(0))))));
        assertThat(verdict.escape()).isEqualTo(Escape.SURELY);
        assertThat(verdict.unknowns()).isEmpty();
    }

    @Test
    void notOfAnUnknown_isUnknown_andItsNameIsTold() {
        Verdict verdict = forwarding(Action.ACCEPT, drop(new Condition.Not(new Condition.Not(UNKNOWN))));
        assertThat(verdict.escape()).isEqualTo(Escape.POSSIBLY);
        assertThat(verdict.unknowns()).containsExactly("mystery");
        assertThat(verdict.example().orElseThrow().decisions())
                .containsExactly(new Decision(Decision.By.NATURE, "mystery", "does not hold"));
    }

    @Test
    void unknownGuard_isTakenBothWays() {
        assertThat(new Sketch()
                        .guarded(Hook.FORWARD, UNKNOWN, Action.DROP)
                        .verdict()
                        .escape())
                .isEqualTo(Escape.POSSIBLY);
    }

    @Test
    void unclearAction_mayAcceptDropOrGoOn() {
        Rule unclear = rule(Condition.ALWAYS, new Action.Unclear("jump through hoops"));
        assertThat(escape(Action.DROP, unclear)).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(Action.ACCEPT, unclear)).isEqualTo(Escape.POSSIBLY);
        Rule acceptMark = accept(mark(0));
        Course goesOn = new Simulator(
                        new Sketch()
                                .base(Hook.FORWARD, Action.DROP, unclear, acceptMark)
                                .on(Platform.NETFILTER),
                        Sketch.QUESTION)
                .course(packet(), List.of(2));
        assertThat(goesOn.rules()).containsExactly(acceptMark);
        assertThat(new Sketch()
                        .base(Hook.FORWARD, Action.DROP, unclear)
                        .base(Hook.POSTROUTING, Action.DROP)
                        .verdict()
                        .escape())
                .isEqualTo(Escape.NEVER);
    }

    @Test
    void unclearEffect_mayLeadOut_whateverFollows() {
        Rule unclear = does(new Effect.Unclear("tproxy"));
        Verdict verdict = new Sketch()
                .base(Hook.FORWARD, Action.DROP, unclear)
                .base(Hook.POSTROUTING, Action.DROP)
                .verdict();
        assertThat(verdict.escape()).isEqualTo(Escape.POSSIBLY);
        assertThat(verdict.unknowns()).containsExactly("tproxy");
        assertThat(verdict.example().orElseThrow().path()).containsExactly("FORWARD");
        assertThat(escape(Action.ACCEPT, unclear)).isEqualTo(Escape.POSSIBLY);
        assertThat(new Simulator(
                                new Sketch()
                                        .last(Hook.PREROUTING, Action.DROP, unclear)
                                        .on(Platform.PF),
                                Sketch.QUESTION)
                        .verdict(packet(Platform.PF))
                        .escape())
                .isEqualTo(Escape.POSSIBLY);
    }

    @Test
    void time_holdsAtTheQuestionsMoment_orIsUnknownWithoutAZone() {
        TimeSpan past = new TimeSpan.Between(Optional.empty(), Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
        TimeSpan now = new TimeSpan.Between(Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Optional.empty());
        TimeSpan night = new TimeSpan.Daily(
                LocalTime.of(22, 0), LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class), Optional.empty());
        assertThat(escape(Action.DROP, accept(new Condition.At(past)))).isEqualTo(Escape.NEVER);
        assertThat(escape(Action.DROP, accept(new Condition.At(now)))).isEqualTo(Escape.SURELY);
        Verdict nightly = forwarding(Action.DROP, accept(new Condition.At(night)));
        assertThat(nightly.escape()).isEqualTo(Escape.POSSIBLY);
        assertThat(nightly.unknowns()).containsExactly(night.toString());
    }

    @Test
    void fieldWithSeveralNumbers_isOneOfThem_andTheSameOneForAllConditions() {
        assertThat(escape(Action.DROP, does(MARK_1_TO_3), accept(mark(2)))).isEqualTo(Escape.POSSIBLY);
        assertThat(escape(Action.DROP, does(MARK_1_TO_3), accept(mark(1)), accept(mark(2)), accept(mark(3))))
                .isEqualTo(Escape.SURELY);
        assertThat(escape(Action.ACCEPT, does(MARK_1_TO_3), drop(Condition.not(mark(2))), drop(mark(2))))
                .isEqualTo(Escape.NEVER);
        Verdict whole = forwarding(
                Action.DROP, does(MARK_1_TO_3), accept(new Condition.In(Field.MARK, ValueSet.of(32, Range.of(0, 9)))));
        assertThat(whole.escape()).isEqualTo(Escape.SURELY);
        assertThat(whole.unknowns()).isEmpty();
    }

    @Test
    void marksMadeOfSeveralNumbers_followFromEachOfThem() {
        Effect copy = new Effect.CopyMark(Field.MARK, -1L, Field.FLOW_MARK, -1L);
        Effect flip = new Effect.SetMark(Field.MARK, 0b10, 0b1);
        Rule[] rules = {
            does(MARK_1_TO_3, copy, flip),
            drop(Condition.all(Condition.in(Field.FLOW_MARK, 1), mark(0b01))),
            drop(Condition.all(Condition.in(Field.FLOW_MARK, 2), mark(0b11))),
            drop(Condition.all(Condition.in(Field.FLOW_MARK, 3), mark(0b11)))
        };
        assertThat(escape(Action.ACCEPT, rules)).isEqualTo(Escape.NEVER);
    }

    @Test
    void moreToDecideThanIsLookedAt_isUnknown() {
        Rule[] unknown = Collections.nCopies(20, does(UNKNOWN, new Effect.SetMark(Field.MARK, -1L, 1)))
                .toArray(Rule[]::new);
        Verdict verdict = forwarding(Action.DROP, unknown);
        assertThat(verdict.complete()).isFalse();
        assertThat(verdict.escape()).isEqualTo(Escape.POSSIBLY);
        assertThat(verdict.example()).isEmpty();
        Rule[] many = Collections.nCopies(100_000, drop(UNKNOWN)).toArray(Rule[]::new);
        assertThat(escape(Action.DROP, many)).isEqualTo(Escape.POSSIBLY);
        Rule[] few = Collections.nCopies(12, does(UNKNOWN, setMark(1))).toArray(Rule[]::new);
        assertThat(forwarding(Action.DROP, few))
                .isEqualTo(new Verdict(Escape.NEVER, Optional.empty(), Set.of("mystery"), true));
    }

    @Test
    void manyChoices_endWithTheFirstWayOut() {
        Rule[] limits = Collections.nCopies(100, drop(CHOICE)).toArray(Rule[]::new);
        assertThat(escape(Action.ACCEPT, limits)).isEqualTo(Escape.SURELY);
    }
}
