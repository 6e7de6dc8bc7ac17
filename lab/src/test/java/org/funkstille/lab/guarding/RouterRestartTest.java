package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import org.funkstille.core.verdict.Status;
import org.funkstille.lab.router.Boot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The router is switched off and on. */
@Timeout(60)
class RouterRestartTest {

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void withoutAnyGuardNothingGetsOutFromTheFirstMomentOn() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        installation.apply();
        HOME.lab().cloud().clear();
        long vacuum = HOME.lab().vacuum().calls().answers();

        Boot boot = HOME.lab().router().restart();

        assertThat(boot.ok()).as(boot.toString()).isTrue();
        assertThat(boot.commands()).anyMatch(step -> step.unit().equals("funkstille-rules.service"));
        assertThat(installation.inOrder()).isTrue();
        assertGatewayStaysSilentWhileTheVacuumGetsThrough(vacuum);
    }

    @Test
    void aGuardThatRunsOnIsContentAfterwards() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        HOME.lab().cloud().clear();
        long vacuum = HOME.lab().vacuum().calls().answers();

        HOME.lab().router().restart();

        assertGatewayStaysSilentWhileTheVacuumGetsThrough(vacuum);
        await().atMost(PATIENCE).until(() -> guard.installation().again().inOrder());
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        assertThat(guard.alive()).isTrue();
        HOME.pinGateway();
        assertThat(HOME.lab().hub().awaitReports(2, PATIENCE)).isTrue();
    }

    private static void assertGatewayStaysSilentWhileTheVacuumGetsThrough(long answersBefore) throws Exception {
        long attempts = HOME.lab().gateway().calls().attempts();
        await().atMost(PATIENCE)
                .until(() -> HOME.lab().vacuum().calls().answers() > answersBefore + 5
                        && HOME.lab().gateway().calls().attempts() > attempts + 20);
        assertThat(HOME.lab().cloud().arrivals()).noneMatch(GatewayCalls::includes);
        assertThat(HOME.lab().cloud().queries()).noneMatch(GatewayCalls::includes);
    }
}
