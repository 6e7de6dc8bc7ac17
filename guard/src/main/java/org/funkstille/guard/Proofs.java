package org.funkstille.guard;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.RuleProof.Outcome;
import org.funkstille.core.verdict.RuleProof.Strength;
import org.funkstille.proof.prover.Answer;

/** Puts a prover's answer into the words of verdicts. */
final class Proofs {

    private Proofs() {}

    /** @param doubts what may be in force beside the rules that were looked at: with them, nothing is certain */
    static RuleProof of(Answer answer, List<String> doubts) {
        List<String> because =
                Stream.concat(doubts.stream(), answer.because().stream()).toList();
        return new RuleProof(
                doubts.isEmpty() ? outcome(answer.standing()) : Outcome.UNPROVEN,
                because,
                doubts.isEmpty() ? answer.strength().map(Proofs::strength) : Optional.empty(),
                answer.residual().stream()
                        .map(way -> new RuleProof.Residual(
                                way.kind().word(), way.rule().toString(), way.close()))
                        .toList(),
                answer.holdsUntil());
    }

    private static Outcome outcome(Answer.Standing standing) {
        return switch (standing) {
            case AS_WANTED -> Outcome.AS_WANTED;
            case LEAKING -> Outcome.LEAKING;
            case UNPROVEN -> Outcome.UNPROVEN;
        };
    }

    private static Strength strength(Answer.Strength strength) {
        return switch (strength) {
            case NETWORK -> Strength.NETWORK;
            case MAC -> Strength.MAC;
            case ADDRESS -> Strength.ADDRESS;
        };
    }
}
