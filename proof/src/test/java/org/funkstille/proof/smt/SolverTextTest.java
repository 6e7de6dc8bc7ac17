package org.funkstille.proof.smt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.random.RandomPackets;
import org.funkstille.proof.random.RandomQuestions;
import org.funkstille.proof.random.RandomRuleSets;
import org.funkstille.proof.random.Representatives;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/** The exported text against the simulator, with a solver of others as the judge. */
final class SolverTextTest {

    @Test
    void solver_findsAPacket_exactlyWhereSomePacketPossiblyEscapes() throws TooLarge {
        RandomQuestions questions = new RandomQuestions(11);
        RandomRuleSets ruleSets = new RandomRuleSets(11);
        Random random = new Random(11);
        int silent = 0;
        int leaking = 0;
        for (int round = 0; round < 400; round++) {
            Question question = questions.next();
            Platform platform = random.nextInt(3) == 0 ? Platform.PF : Platform.NETFILTER;
            RuleSet rules = ruleSets.next(question, platform, 2 + random.nextInt(2));
            Optional<List<Packet>> all = Representatives.of(question, rules, 600);
            if (all.isPresent()) {
                Simulator simulator = new Simulator(rules, question);
                boolean escapes = all.get().stream()
                        .anyMatch(packet -> simulator.verdict(packet).escape() != Escape.NEVER);
                assertThat(Z3.solve(SolverText.of(rules, question)).isPresent())
                        .as("round %s: %s", round, rules)
                        .isEqualTo(escapes);
                silent += escapes ? 0 : 1;
                leaking += escapes ? 1 : 0;
            }
        }
        assertThat(silent).isGreaterThan(40);
        assertThat(leaking).isGreaterThan(40);
    }

    @Test
    void solversPacket_escapesInTheSimulatorToo_andWithoutOneNoneDoes() throws TooLarge {
        RandomQuestions questions = new RandomQuestions(12);
        RandomRuleSets ruleSets = new RandomRuleSets(12);
        for (int round = 0; round < 250; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            Simulator simulator = new Simulator(rules, question);
            Optional<Map<Field, Value>> model = Z3.solve(SolverText.of(rules, question));
            if (model.isPresent()) {
                Packet packet = packet(new Space(question, rules.platform()), model.get());
                assertThat(simulator.verdict(packet).escape())
                        .as("round %s: %s of %s", round, packet, rules)
                        .isNotEqualTo(Escape.NEVER);
            } else {
                RandomPackets packets = new RandomPackets(round, question, rules);
                for (int count = 0; count < 100; count++) {
                    Packet packet = packets.next();
                    assertThat(simulator.verdict(packet).escape())
                            .as("round %s: %s of %s", round, packet, rules)
                            .isEqualTo(Escape.NEVER);
                }
            }
        }
    }

    /** One of the packets that are sent with these fields; the others as may be. */
    private static Packet packet(Space space, Map<Field, Value> fields) {
        for (Box box : space.sent()) {
            Box some = box;
            for (Map.Entry<Field, Value> entry : fields.entrySet()) {
                Field field = entry.getKey();
                some = some.restrict(field, ValueSet.of(field.bits(), entry.getValue()));
            }
            if (!some.isEmpty()) {
                return some.first();
            }
        }
        throw new AssertionError("not among the packets of the question: " + fields);
    }
}
