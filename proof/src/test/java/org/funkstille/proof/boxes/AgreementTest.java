package org.funkstille.proof.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.random.RandomPackets;
import org.funkstille.proof.random.RandomQuestions;
import org.funkstille.proof.random.RandomRuleSets;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;
import org.junit.jupiter.api.Test;

/** The engine of boxes and the simulator read the same rules; on random ones they must say the same. */
class AgreementTest {

    private static final long SEED = Long.getLong("funkstille.seed", 20261123);
    private static final int RULE_SETS = Integer.getInteger("funkstille.rulesets", 2000);
    private static final int PACKETS = 25;

    @Test
    void ask_randomRuleSets_agreesWithTheSimulatorPacketByPacket() throws TooLarge {
        RandomQuestions questions = new RandomQuestions(SEED);
        RandomRuleSets ruleSets = new RandomRuleSets(SEED);
        int surely = 0;
        int possibly = 0;
        int never = 0;
        for (int round = 0; round < RULE_SETS; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            List<Escape> escapes =
                    new BoxEngine(rules, question.house()).ask(question).escapes();
            Simulator simulator = new Simulator(rules, question);
            RandomPackets packets = new RandomPackets(SEED + round, question, rules);
            for (int count = 0; count < PACKETS; count++) {
                Packet packet = packets.next();
                Verdict verdict = simulator.verdict(packet);
                if (!verdict.complete()) {
                    continue;
                }
                boolean possible =
                        escapes.stream().anyMatch(escape -> escape.sent().contains(packet));
                boolean sure = escapes.stream()
                        .anyMatch(escape ->
                                escape.unknowns().isEmpty() && escape.sent().contains(packet));
                String where = "rule set " + round + ", packet " + packet + "\n" + rules;
                assertThat(possible)
                        .as("possible: " + escapes.size() + " " + where.substring(0, Math.min(where.length(), 900)))
                        .isEqualTo(verdict.escape() != Verdict.Escape.NEVER);
                if (sure) {
                    assertThat(verdict.escape())
                            .as("sure: " + where.substring(0, Math.min(where.length(), 900)))
                            .isEqualTo(Verdict.Escape.SURELY);
                }
                switch (verdict.escape()) {
                    case SURELY -> surely++;
                    case POSSIBLY -> possibly++;
                    case NEVER -> never++;
                }
            }
            for (Escape escape : escapes.stream().limit(5).toList()) {
                Packet packet = escape.sent().first();
                Verdict verdict = simulator.verdict(packet);
                assertThat(verdict.complete() && verdict.escape() == Verdict.Escape.NEVER)
                        .as("shown by the boxes: rule set " + round + ", " + escape + "\n" + rules)
                        .isFalse();
            }
        }
        assertThat(surely).as("packets that surely escape").isGreaterThan(RULE_SETS / 2);
        assertThat(possibly).as("packets that possibly escape").isGreaterThan(RULE_SETS / 10);
        assertThat(never).as("packets that do not escape").isGreaterThan(RULE_SETS / 2);
    }
}
