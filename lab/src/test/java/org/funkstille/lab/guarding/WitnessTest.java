package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.core.verdict.Witness;
import org.funkstille.evidence.KernelEvidence;
import org.funkstille.evidence.Listening;
import org.funkstille.routers.linux.LinuxDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a device when not all is as it should be. */
@Timeout(60)
class WitnessTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void aGuardThatCannotListenKeepsTheRulesAndNeverSaysSilent() throws Exception {
        RunningGuard guard;
        try (KernelEvidence other = somebodyElse()) {
            assertThat(other.failures()).isEmpty();
            guard = HOME.guard(HOME.yaml());
            guard.seen().awaitVerdict(GATEWAY, Status.UNPROVEN, PATIENCE);
            assertThat(guard.installation().again().inOrder()).isTrue();
            guard.seen().awaitNote("trouble", text -> text.contains("somebody else listens"), PATIENCE);
            assertThat(guard.seen().verdicts(GATEWAY)).noneMatch(verdict -> verdict.status() == Status.SILENT);
            assertThat(Probe.tcp(HOME.lab().gateway().host(), GatewayCalls.OTT4, 80)
                            .answer())
                    .isEqualTo(Probe.Answer.REFUSED);
        }
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, Duration.ofSeconds(20));
    }

    private static KernelEvidence somebodyElse() throws Exception {
        return KernelEvidence.open(
                HOME.lab().host("router").namespace(),
                Listening.toNothing().withRefusals(LinuxDriver.REFUSALS_GROUP),
                (EvidenceEvent event) -> {});
    }

    @Test
    void aLookAtRulesWithAHoleIsNotSilentAndNamesTheFlowThatPassed() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        installation.apply();
        await().atMost(PATIENCE).until(() -> installation.inspect(GATEWAY).status() == Status.SILENT);
        HOME.nft("flush chain inet funkstille forward");
        await().atMost(PATIENCE)
                .until(() -> HOME.lab().cloud().arrivals().stream().anyMatch(GatewayCalls::includes));
        Verdict verdict;
        try (Knocking _ = Knocking.at(HOME.lab().gateway().host(), GatewayCalls.OTT4, 80)) {
            verdict = await().atMost(PATIENCE)
                    .until(
                            () -> installation.inspect(GATEWAY),
                            found -> says(found).get(Witness.Kind.FLOWS) == Witness.Says.NO);
        }
        assertThat(verdict.status()).isEqualTo(Status.LEAKING);
        assertThat(verdict.because())
                .anyMatch(reason -> reason.startsWith(Witness.Kind.FLOWS.word()) && reason.contains("passed"));
        assertThat(says(verdict)).containsEntry(Witness.Kind.RULES, Witness.Says.NO);
    }

    @Test
    void aLookAtRulesWithAHoleThatNothingPassesIsLeakingByProof() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        installation.apply();
        HOME.lab().gateway().pausePhoning();
        try {
            await().atMost(PATIENCE).until(() -> installation.inspect(GATEWAY).status() == Status.SILENT);
            HOME.nft("flush chain inet funkstille forward");
            Verdict verdict = installation.inspect(GATEWAY);
            assertThat(verdict.status()).isEqualTo(Status.LEAKING);
            assertThat(says(verdict))
                    .containsEntry(Witness.Kind.RULES, Witness.Says.NO)
                    .containsEntry(Witness.Kind.FLOWS, Witness.Says.YES);
        } finally {
            HOME.lab().gateway().resumePhoning();
        }
    }

    @Test
    void withoutAnyRulesNothingIsSaidToBeSilent() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        Verdict verdict = installation.inspect(GATEWAY);
        assertThat(verdict.status().asWanted()).isFalse();
        assertThat(says(verdict)).containsEntry(Witness.Kind.RULES, Witness.Says.NO);
        assertThat(HOME.ourTableStands()).isFalse();
    }

    private static Map<Witness.Kind, Witness.Says> says(Verdict verdict) {
        return verdict.witnesses().stream().collect(Collectors.toMap(Witness::kind, Witness::says));
    }
}
