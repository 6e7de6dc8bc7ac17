package org.funkstille.proof.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Outcome;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/** What is drawn is worth being asked; and what the simulator must hold for anything. */
final class RandomRuleSetsTest {

    @Test
    void sameSeed_givesTheSameRuleSets() {
        Question question = new RandomQuestions(1).next();
        assertThat(new RandomRuleSets(2).next(question)).isEqualTo(new RandomRuleSets(2).next(question));
        assertThat(new RandomRuleSets(2).next(question)).isNotEqualTo(new RandomRuleSets(3).next(question));
    }

    @Test
    void packets_areOfTheQuestion_andMeetEveryVerdictAndOutcome() {
        RandomQuestions questions = new RandomQuestions(7);
        RandomRuleSets ruleSets = new RandomRuleSets(7);
        Map<Escape, Integer> verdicts = new EnumMap<>(Escape.class);
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        int incomplete = 0;
        for (int round = 0; round < 500; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            RandomPackets packets = new RandomPackets(round, question, rules);
            Simulator simulator = new Simulator(rules, question);
            for (int count = 0; count < 20; count++) {
                Packet packet = packets.next();
                assertThat(new Space(question, rules.platform()).sent()).anyMatch(box -> box.contains(packet));
                Verdict verdict = simulator.verdict(packet);
                verdicts.merge(verdict.escape(), 1, Integer::sum);
                outcomes.merge(simulator.course(packet, List.of()).outcome(), 1, Integer::sum);
                incomplete += verdict.complete() ? 0 : 1;
                verdict.example()
                        .ifPresent(
                                course -> assertThat(course.outcome().escape()).isTrue());
                if (verdict.escape() == Escape.POSSIBLY) {
                    assertThat(verdict.unknowns()).isNotEmpty();
                }
            }
        }
        assertThat(verdicts.values()).hasSize(3).allMatch(count -> count > 150);
        assertThat(outcomes.values()).hasSize(4).allMatch(count -> count > 100);
        assertThat(incomplete).isLessThan(100);
    }

    /** Where nothing is uncertain, a packet has one course, and its verdict is that course's. */
    @Test
    void withoutUncertainty_onlyTheInterfaceOutsideIsDecided() {
        RandomQuestions questions = new RandomQuestions(8);
        RandomRuleSets ruleSets = new RandomRuleSets(8, EnumSet.noneOf(Ingredient.class));
        for (int round = 0; round < 300; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            RandomPackets packets = new RandomPackets(round, question, rules);
            Simulator simulator = new Simulator(rules, question);
            for (int count = 0; count < 10; count++) {
                Packet packet = packets.next();
                Course course = simulator.course(packet, List.of());
                assertThat(course.decisions()).allMatch(one -> one.what().equals("the interface that leads outside"));
                if (course.decisions().isEmpty()) {
                    assertThat(simulator.verdict(packet).escape())
                            .isEqualTo(course.outcome().escape() ? Escape.SURELY : Escape.NEVER);
                }
            }
        }
    }
}
