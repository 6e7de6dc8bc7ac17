package org.funkstille.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.RuleProof.Outcome;
import org.funkstille.proof.read.RuleSetReader;
import org.funkstille.proof.read.RuleSetReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PatientProvingTest {

    private final CountDownLatch go = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> woken = new ConcurrentLinkedQueue<>();

    @Test
    void proofThatTakesLong_isPending_andThereLater_andNobodyWaitsForIt() throws Exception {
        Proving proving = new Proving(Homes.home(), format -> Optional.of(slow()));
        try (PatientProving patient = patient(proving, Duration.ofMillis(1))) {
            assertThat(outcome(patient)).isEqualTo(Outcome.PENDING);
            assertThat(outcome(patient)).isEqualTo(Outcome.PENDING);
            assertThat(patient.takeChanges()).isEmpty();
            assertThat(patient.holdsUntil()).isEmpty();
            assertThat(woken).isEmpty();
            go.countDown();
            await().until(() -> !woken.isEmpty());
            await().until(() -> outcome(patient) == Outcome.NOT_PROVED);
        }
        assertThat(woken.peek()).isEqualTo("the proof is finished");
    }

    @Test
    void proofThatIsThereInTime_isGivenAtOnce_andWakesNobody() throws Exception {
        go.countDown();
        Proving proving = new Proving(Homes.home(), format -> Optional.of(slow()));
        try (PatientProving patient = patient(proving, Duration.ofSeconds(20))) {
            assertThat(outcome(patient)).isEqualTo(Outcome.NOT_PROVED);
        }
        assertThat(woken).isEmpty();
    }

    @Test
    void memoryThatRunsOut_isNotProved() throws Exception {
        Proving proving = new Proving(
                Homes.home(),
                format -> Optional.of((texts, surroundings) -> {
                    throw new OutOfMemoryError("none left");
                }));
        try (PatientProving patient = patient(proving, Duration.ofSeconds(20))) {
            RuleProof proof = prove(patient).getOrDefault("gateway", RuleProof.pending());
            assertThat(proof.outcome()).isEqualTo(Outcome.NOT_PROVED);
            assertThat(proof.because().getFirst()).contains("none left");
        }
    }

    private PatientProving patient(Proving proving, Duration patience) {
        return new PatientProving(Homes.home(), proving, patience, woken::add);
    }

    private static Outcome outcome(PatientProving patient) throws InterruptedException {
        return prove(patient).getOrDefault("gateway", RuleProof.pending()).outcome();
    }

    /** The home names no way out and the router has none: that is not proved, as soon as anything is. */
    private static Map<String, RuleProof> prove(PatientProving patient) throws InterruptedException {
        return patient.prove(RuleSets.saved("ours"), Homes.observation(), Instant.EPOCH);
    }

    private RuleSetReader slow() {
        return (texts, surroundings) -> {
            try {
                assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return new RuleSetReading(RuleSets.set(""), surroundings.house(), true);
        };
    }
}
