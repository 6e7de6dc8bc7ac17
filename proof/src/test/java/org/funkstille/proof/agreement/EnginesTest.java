package org.funkstille.proof.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.boxes.BoxEngine;
import org.funkstille.proof.diagrams.DiagramEngine;
import org.funkstille.proof.diagrams.Escapes;
import org.funkstille.proof.diagrams.Finding;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.random.RandomPackets;
import org.funkstille.proof.random.RandomQuestions;
import org.funkstille.proof.random.RandomRuleSets;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;
import org.funkstille.proof.simulate.Verdict.Escape;
import org.junit.jupiter.api.Test;

/**
 * Three engines that share no code but the neutral form read the same random rule sets; they must say the same, of
 * single packets and on the whole. The property {@code funkstille.rulesets} says of how many, {@code funkstille.seed}
 * of which.
 */
final class EnginesTest {

    private static final long SEED = Long.getLong("funkstille.seed", 20261123);
    private static final int RULE_SETS = Integer.getInteger("funkstille.rulesets", 1000);
    private static final int PACKETS = 25;
    private static final int SHOWN = 5;

    private final Map<Escape, Integer> packets = new EnumMap<>(Escape.class);
    private int silent;
    private int leaking;
    private int unproven;

    /** One rule set, read by all. */
    private record Readings(
            String where, List<org.funkstille.proof.boxes.Escape> boxes, Escapes diagrams, Simulator simulator) {

        Verdict verdict(Packet packet) {
            return simulator.verdict(packet);
        }

        boolean inBoxes(Packet packet) {
            return boxes.stream().anyMatch(escape -> escape.sent().contains(packet));
        }

        boolean surelyInBoxes(Packet packet) {
            return boxes.stream()
                    .anyMatch(escape ->
                            escape.unknowns().isEmpty() && escape.sent().contains(packet));
        }
    }

    @Test
    void randomRuleSets_areReadTheSame_byBoxesDiagramsAndTheSimulator() throws Exception {
        RandomQuestions questions = new RandomQuestions(SEED);
        RandomRuleSets ruleSets = new RandomRuleSets(SEED);
        for (int round = 0; round < RULE_SETS; round++) {
            Question question = questions.next();
            RuleSet rules = ruleSets.next(question);
            Readings readings = new Readings(
                    "seed %d, rule set %d: %s%nof %s".formatted(SEED, round, rules, question),
                    new BoxEngine(rules, question.house()).ask(question).escapes(),
                    new DiagramEngine().escapes(rules, question),
                    new Simulator(rules, question));
            RandomPackets some = new RandomPackets(SEED + round, question, rules);
            for (int count = 0; count < PACKETS; count++) {
                agreeOn(some.next(), readings);
            }
            readings.boxes().stream()
                    .limit(SHOWN)
                    .forEach(escape -> agreeOn(escape.sent().first(), readings));
            agreeOnTheWhole(readings);
        }
        // What was drawn has met every case.
        assertThat(packets.values()).hasSize(3).allMatch(count -> count > RULE_SETS / 2);
        assertThat(List.of(silent, leaking, unproven)).allMatch(count -> count > RULE_SETS / 20);
    }

    private void agreeOn(Packet packet, Readings readings) {
        Verdict verdict = readings.verdict(packet);
        if (!verdict.complete()) {
            return;
        }
        String where = packet + " in " + readings.where();
        boolean possible = verdict.escape() != Escape.NEVER;
        boolean sure = verdict.escape() == Escape.SURELY;
        assertThat(readings.inBoxes(packet)).as("boxes, possibly: " + where).isEqualTo(possible);
        assertThat(readings.diagrams().possibly(packet))
                .as("diagrams, possibly: " + where)
                .isEqualTo(possible);
        assertThat(readings.diagrams().surely(packet))
                .as("diagrams, surely: " + where)
                .isEqualTo(sure);
        // Boxes do not put together what gets out by one rule or by another: they may miss that it is sure.
        assertThat(readings.surelyInBoxes(packet) && !sure)
                .as("boxes, surely: " + where)
                .isFalse();
        packets.merge(verdict.escape(), 1, Integer::sum);
    }

    private void agreeOnTheWhole(Readings readings) throws Exception {
        Finding finding = readings.diagrams().finding();
        assertThat(finding instanceof Finding.Silent)
                .as("silent: " + readings.where())
                .isEqualTo(readings.boxes().isEmpty());
        if (readings.boxes().stream().anyMatch(escape -> escape.unknowns().isEmpty())) {
            assertThat(finding).as("leaking: " + readings.where()).isInstanceOf(Finding.Leaking.class);
        }
        switch (finding) {
            case Finding.Silent() -> silent++;
            case Finding.Leaking(Packet sent, var _) -> {
                leaking++;
                Verdict verdict = readings.verdict(sent);
                assertThat(verdict.escape() == Escape.SURELY || !verdict.complete())
                        .as("shown by the diagrams: " + sent + " in " + readings.where())
                        .isTrue();
            }
            case Finding.Unproven(Packet sent, var _, List<String> unknowns) -> {
                unproven++;
                Verdict verdict = readings.verdict(sent);
                assertThat(verdict.escape())
                        .as("open by the diagrams: " + sent + " in " + readings.where())
                        .isEqualTo(Escape.POSSIBLY);
                assertThat(unknowns)
                        .as("open by the diagrams: " + sent + " in " + readings.where())
                        .isNotEmpty();
            }
        }
    }
}
