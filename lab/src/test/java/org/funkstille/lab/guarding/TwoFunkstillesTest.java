package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.time.Duration;
import org.funkstille.core.verdict.Status;
import org.funkstille.guard.FileLock;
import org.funkstille.guard.Inspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More than one Funkstille at one router. */
@Timeout(60)
class TwoFunkstillesTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void aSecondGuardOfTheSameProcessEndsAndNamesTheFirst() throws Exception {
        RunningGuard first = HOME.guard(HOME.yaml());
        Installation second = first.installation().again();
        assertThatThrownBy(() -> RunningGuard.start(second, GuardedLab.NEVER))
                .isInstanceOf(FileLock.Taken.class)
                .hasMessageContaining("router home is already guarded")
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        assertThat(first.alive()).isTrue();
    }

    @Test
    void aSecondGuardOfAnotherProcessEndsAndNamesTheFirst() throws Exception {
        RunningGuard first = HOME.guard(HOME.yaml());
        try (GuardProcess second = GuardProcess.start(first.installation())) {
            assertThat(second.awaitEnd())
                    .contains(FileLock.Taken.class.getName())
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aLookFromWithinTheGuardsProcessDoesNotOpenItsLockToOthers() throws Exception {
        RunningGuard first = HOME.guard(HOME.yaml());
        Installation page = first.installation().again();
        assertThat(new Inspection(page.home(), page.driver(), page.state(), Installation.CLOCK).guardRuns())
                .isTrue();
        assertThatThrownBy(() -> RunningGuard.start(page, GuardedLab.NEVER)).isInstanceOf(FileLock.Taken.class);
        try (GuardProcess second = GuardProcess.start(first.installation())) {
            assertThat(second.awaitEnd()).contains(FileLock.Taken.class.getName());
        }
    }

    @Test
    void aGuardTakesOverWhenTheOneBeforeWasKilled() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        try (GuardProcess first = GuardProcess.start(installation)) {
            first.awaitLine(GuardProcess.READY);
            Installation again = installation.again();
            assertThatThrownBy(() -> RunningGuard.start(again, GuardedLab.NEVER))
                    .isInstanceOf(FileLock.Taken.class)
                    .hasMessageContaining("process " + first.pid());
            first.kill();
            try (RunningGuard next = RunningGuard.start(again, GuardedLab.NEVER)) {
                next.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
            }
        }
    }

    @Test
    void aGuardInAnotherProcessFollowsWhatIsAppliedAndOpenedHere() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        try (GuardProcess process = GuardProcess.start(installation)) {
            process.awaitLine(GuardProcess.READY);
            installation.apply();
            long id = installation
                    .windows()
                    .open(installation.device(GATEWAY), Duration.ofMinutes(5), "update")
                    .record()
                    .orElseThrow()
                    .id();
            await().atMost(PATIENCE)
                    .until(() -> installation
                            .journal()
                            .lastVerdict(GATEWAY)
                            .filter(verdict -> verdict.status().equals(Status.WINDOW_OPEN.word()))
                            .isPresent());
            installation.windows().close(installation.device(GATEWAY));
            await().atMost(PATIENCE)
                    .until(() -> installation
                            .journal()
                            .lastVerdict(GATEWAY)
                            .filter(verdict -> verdict.status().equals(Status.SILENT.word()))
                            .isPresent());
            assertThat(installation.journal().window(id).orElseThrow().closedBy())
                    .contains("owner");
        }
    }
}
