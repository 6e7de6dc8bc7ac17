package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Planner;
import org.funkstille.core.verdict.Status;
import org.funkstille.journal.WindowRecord;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guard that is killed, at moments that it does not choose. */
@Timeout(60)
class KilledGuardTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
    private static final int ROUNDS = 5;

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void killedWhileItAppliesItLeavesNothingHalfDoneAndTheNextFinishes() throws Exception {
        long applying;
        try (Installation first = Installation.open(HOME.yaml());
                GuardProcess process = GuardProcess.start(first)) {
            process.awaitLine(GuardProcess.BEGINS);
            long began = System.nanoTime();
            process.awaitLine(GuardProcess.READY);
            applying = System.nanoTime() - began;
            process.kill();
        }
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long after = (applying * round + random.nextLong(applying)) / ROUNDS;
            try (Installation installation = Installation.open(HOME.yaml())) {
                try (GuardProcess process = GuardProcess.start(installation)) {
                    process.awaitLine(GuardProcess.BEGINS);
                    LockSupport.parkNanos(after);
                    process.kill();
                }
                String when =
                        "seed " + seed + ", killed after " + after / 1_000_000 + " of " + applying / 1_000_000 + " ms";
                assertNothingIsHalfDone(installation, when);
                try (RunningGuard next = RunningGuard.start(installation.again(), GuardedLab.NEVER)) {
                    assertThat(installation.inOrder()).as(when).isTrue();
                    next.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
                }
            }
        }
    }

    private static void assertNothingIsHalfDone(Installation installation, String when) throws Exception {
        List<Change> rest = Planner.plan(
                        installation.home(), installation.driver().observe())
                .changes();
        if (HOME.ourTableStands()) {
            assertThat(rest)
                    .as(when)
                    .noneMatch(change -> change instanceof Change.LayRules || change instanceof Change.SetRules);
        }
        assertThat(rest).as(when).noneMatch(Change.Unreserve.class::isInstance);
        Path saved = HOME.lab().router().root().resolve("etc/funkstille/rules.json");
        if (Files.exists(saved)) {
            HOME.router("nft", "-c", "-j", "-f", saved.toString());
        }
    }

    @Test
    void aWindowClosesOnTimeAlthoughTheGuardIsDead() throws Exception {
        Installation installation = HOME.install(HOME.yaml());
        WindowRecord record;
        try (GuardProcess process = GuardProcess.start(installation)) {
            process.awaitLine(GuardProcess.READY);
            record = installation
                    .windows()
                    .open(installation.device(GATEWAY), Duration.ofSeconds(3), "update")
                    .record()
                    .orElseThrow();
            try (Transfer transfer = HOME.lab().gateway().openTransfer(SERVER)) {
                assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
                process.kill();
                assertThat(transfer.awaitProgress(Duration.ofSeconds(1))).isTrue();
                assertThat(transfer.awaitStall(Duration.ofMillis(700), PATIENCE))
                        .isTrue();
                assertThat(installation.driver().observe().windowOf(GATEWAY)).isEmpty();
                assertThat(transfer.awaitProgress(Duration.ofSeconds(1))).isFalse();
            }
        }
        try (RunningGuard next = RunningGuard.start(installation.again(), GuardedLab.NEVER)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(next.journal()
                                    .window(record.id())
                                    .orElseThrow()
                                    .closedBy())
                            .contains("router"));
            next.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        }
    }
}
