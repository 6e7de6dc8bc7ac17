package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.core.verdict.Grade;
import org.funkstille.core.verdict.RuleProof;
import org.funkstille.core.verdict.Status;
import org.funkstille.core.verdict.Verdict;
import org.funkstille.journal.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the proof says of rules of the owner's that stand beside ours, and whether real packets agree. */
@Timeout(60)
class WholeRuleSetTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    private static final String MAC = "78:11:dc:12:34:56";

    /** Before ours: the device comes to be another, which no rule of ours knows. */
    private static final String DISGUISE = "ether saddr " + MAC + " ether saddr set 02:00:00:00:00:99";

    @AfterEach
    void takeTheOwnersTableAway() throws Exception {
        HOME.nft("table inet more\ndelete table inet more");
        HOME.lab().gateway().resumePhoning();
    }

    @Test
    void theLabsOwnRuleSetIsProvedSilentWhateverAddressTheDeviceTakes() throws Exception {
        Verdict verdict = silentInstallation().inspect(GATEWAY);

        assertThat(verdict.status()).isEqualTo(Status.SILENT);
        assertThat(verdict.grade()).isEqualTo(Grade.PROVED);
        assertThat(verdict.proof().flatMap(RuleProof::strength)).contains(RuleProof.Strength.MAC);
    }

    @Test
    void anotherChainThatAcceptsTheDeviceBeforeOursLetsNothingOut() throws Exception {
        Installation installation = silentInstallation();
        ownersChain("forward", -600, "ether saddr " + MAC + " accept");

        Verdict verdict = installation.inspect(GATEWAY);

        assertThat(verdict.status()).isEqualTo(Status.SILENT);
        assertThat(verdict.grade()).isEqualTo(Grade.PROVED);
        assertThat(reaches(Family.IPV4)).isFalse();
    }

    @Test
    void aRuleThatGivesTheDeviceAnotherMacIsLeakingWithThatRuleThoughOursStand() throws Exception {
        Installation installation = silentInstallation();
        HOME.lab().gateway().pausePhoning();
        ownersChain("prerouting", -600, DISGUISE);

        Verdict verdict = installation.inspect(GATEWAY);

        assertThat(installation.inOrder()).isTrue();
        assertThat(verdict.status()).isEqualTo(Status.LEAKING);
        assertThat(verdict.grade()).isEqualTo(Grade.PROVED);
        assertThat(verdict.because())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("rules: ")
                .contains(" leaves by wan0");
        assertThat(reaches(Family.IPV6)).as("a real packet gets out").isTrue();
        assertThat(reaches(Family.IPV4)).as("its pinned address is silent").isFalse();
    }

    @Test
    void ourRulesFlushedByTheOwnerAreLeakingUntilTheyAreLaidAgain() throws Exception {
        Installation installation = silentInstallation();
        HOME.lab().gateway().pausePhoning();
        HOME.nft("flush chain inet funkstille forward");

        Verdict hole = installation.inspect(GATEWAY);
        assertThat(hole.status()).isEqualTo(Status.LEAKING);
        assertThat(hole.grade()).isEqualTo(Grade.PROVED);
        assertThat(hole.because().getFirst())
                .contains(" leaves by wan0")
                .contains(" oifname \"wan0\" accept; missing or changed");

        installation.apply();
        await().atMost(PATIENCE).until(() -> installation.inspect(GATEWAY).status() == Status.SILENT);
    }

    @Test
    void aMatchThatNobodyOutsideKnowsIsUnprovenWhereItMattersAndOnlyThere() throws Exception {
        Installation installation = silentInstallation();
        ownersChain("prerouting", -600, "meta cpu 63 accept");
        assertThat(installation.inspect(GATEWAY).status()).isEqualTo(Status.SILENT);

        HOME.nft("flush chain inet more prerouting\nadd rule inet more prerouting meta cpu 63 " + DISGUISE);
        Verdict verdict = installation.inspect(GATEWAY);

        assertThat(verdict.status()).isEqualTo(Status.UNPROVEN);
        assertThat(verdict.grade()).isEqualTo(Grade.OBSERVED);
        assertThat(verdict.because()).anyMatch(reason -> reason.contains("meta cpu 63"));
    }

    @Test
    void theGuardTellsOfALostProofWithTheRuleThatIsNewAndOfItsReturn() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        HOME.lab().gateway().pausePhoning();

        ownersChain("prerouting", -600, DISGUISE);
        Verdict lost = guard.seen().awaitVerdict(GATEWAY, Status.LEAKING, Duration.ofSeconds(3));
        assertThat(lost.grade()).isEqualTo(Grade.PROVED);
        guard.seen()
                .awaitNote(
                        "proof-lost",
                        text -> text.startsWith(GATEWAY + ": ") && text.contains("a new rule in inet more prerouting"),
                        PATIENCE);

        HOME.nft("delete table inet more");
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, Duration.ofSeconds(3));
        guard.seen().awaitNote("proof-regained", text -> text.contains("gone from inet more prerouting"), PATIENCE);
        guard.journal();
        assertThat(guard.installation().changes("proof-lost"))
                .extracting(Change::device)
                .containsExactly(Optional.of(GATEWAY));
        assertThat(guard.installation().changes("proof-regained")).hasSize(1);
    }

    @Test
    void aWindowIsNoLostProof() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        HOME.lab().gateway().pausePhoning();

        guard.installation()
                .again()
                .windows()
                .open(guard.installation().device(GATEWAY), Duration.ofSeconds(2), "update");

        guard.seen().awaitVerdict(GATEWAY, Status.WINDOW_OPEN, PATIENCE);
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        assertThat(guard.seen().notes("proof-lost")).isEmpty();
        assertThat(guard.seen().verdicts(GATEWAY)).extracting(Verdict::status).doesNotContain(Status.LEAKING);
    }

    private static Installation silentInstallation() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        installation.apply();
        HOME.pinGateway();
        await().atMost(PATIENCE).until(() -> installation.inspect(GATEWAY).status() == Status.SILENT);
        return installation;
    }

    private static void ownersChain(String hook, int priority, String rule) throws Exception {
        HOME.nft("table inet more {\n  chain " + hook + " {\n    type filter hook " + hook + " priority " + priority
                + "; policy accept;\n    " + rule + "\n  }\n}");
    }

    /** Whether a packet of the gateway arrives at the cloud, by what the cloud itself saw. */
    private static boolean reaches(Family family) throws Exception {
        HOME.lab().cloud().clear();
        Probe.udp(HOME.lab().gateway().host(), family == Family.IPV4 ? GatewayCalls.OT4 : GatewayCalls.OT6, 8053);
        return List.copyOf(HOME.lab().cloud().arrivals()).stream().anyMatch(GatewayCalls::includes);
    }
}
