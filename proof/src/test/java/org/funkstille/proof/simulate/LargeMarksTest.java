package org.funkstille.proof.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Value;
import org.junit.jupiter.api.Test;

class LargeMarksTest {

    /** A mark that may be any number, and one computed from it: there are too many to try one by one. */
    @Test
    void verdict_markComputedFromOneThatIsNotKnown_isGivenUpAtOnce() {
        Source source = new Source("here", "mark", "");
        Rule marking = new Rule(
                Condition.ALWAYS,
                List.of(
                        new Effect.Assign(Field.MARK, Field.MARK.all()),
                        new Effect.SetMark(Field.MARK, 0xffff_fffeL, 1)),
                Action.CONTINUE,
                false,
                Rule.Origin.OWNER,
                source);
        BaseChain forward = new BaseChain(
                "forward", Hook.FORWARD, 0, false, BaseChain.Matching.FIRST, Condition.ALWAYS, Action.ACCEPT, source);
        RuleSet rules = new RuleSet(
                RuleSet.Platform.NETFILTER,
                List.of(forward),
                Map.of("forward", new Chain("forward", List.of(marking))),
                List.of());
        Question question = new Question(
                "br-lan",
                Field.ETHER_SOURCE.only(1),
                Family.IPV4,
                AddressSets.all(Family.IPV4),
                Sketch.HOUSE,
                true,
                Instant.EPOCH);
        Packet packet =
                new Space(question, rules.platform()).sent().getFirst().first().with(Field.HOP_LIMIT, 64);

        Verdict verdict = new Simulator(rules, question)
                .verdict(packet.with(Field.DESTINATION, Value.of(0xc6336401L))
                        .with(Field.SOURCE, Value.of(0xc0a80132L)));

        assertThat(verdict.complete()).isFalse();
        assertThat(verdict.escape()).isEqualTo(Verdict.Escape.POSSIBLY);
    }
}
