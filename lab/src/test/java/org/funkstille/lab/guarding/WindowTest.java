package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.funkstille.core.evidence.Flow;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.verdict.Status;
import org.funkstille.guard.Windows;
import org.funkstille.journal.WindowRecord;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.device.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Windows under load: the gateway has a transfer open when the state of things changes. */
@Timeout(60)
class WindowTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress(CloudNames.BARE_TCP, Cloud.TLS);
    private static final Endpoint DESTINATION = new Endpoint(CloudNames.BARE_TCP, Protocol.TCP, Cloud.TLS);
    private static final Duration QUIET = Duration.ofMillis(700);

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void aTransferThatWasOpenBeforeStallsWhenItsDeviceIsSilenced() throws Exception {
        try (Transfer transfer = HOME.lab().gateway().openTransfer(SERVER)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            RunningGuard guard = HOME.guard(HOME.yaml());
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
            guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
            assertThat(transfer.awaitProgress(QUIET)).isFalse();
        }
    }

    @Test
    void aWindowLetsATransferRunAndTheRouterEndsBothOnTime() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        assertThatThrownBy(() -> HOME.lab().gateway().openTransfer(SERVER)).isInstanceOf(IOException.class);

        Windows.Opened opened = guard.installation()
                .again()
                .windows()
                .open(guard.installation().device(GATEWAY), Duration.ofSeconds(3), "update");
        WindowRecord record = opened.record().orElseThrow();
        try (Transfer transfer = HOME.lab().gateway().openTransfer(SERVER)) {
            assertThat(transfer.awaitProgress(Duration.ofSeconds(2))).isTrue();
            guard.seen().awaitVerdict(GATEWAY, Status.WINDOW_OPEN, PATIENCE);
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
            assertThat(Instant.now())
                    .isBetween(record.until().minusSeconds(1), record.until().plusSeconds(3));

            guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
            WindowRecord closed = awaitClosed(guard, record.id());
            assertThat(closed.closedBy()).contains("router");
            Flow flow = awaitEnded(guard, record.id());
            assertThat(flow.traffic().bytesOut()).isGreaterThan(1000);
            assertThat(flow.traffic().bytesIn()).isPositive();
            assertThat(transfer.awaitProgress(QUIET)).isFalse();
        }
        Instant silentAgain = record.until().plusMillis(1600);
        guard.seen().awaitMoreAttempts(GATEWAY, 20, PATIENCE);
        assertThat(guard.seen().leaks(GATEWAY, silentAgain)).isEmpty();
    }

    @Test
    void aWindowThatIsClosedEarlyCutsWhatRunsInIt() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        Windows windows = guard.installation().again().windows();
        WindowRecord record = windows.open(guard.installation().device(GATEWAY), Duration.ofMinutes(5), "update")
                .record()
                .orElseThrow();
        try (Transfer transfer = HOME.lab().gateway().openTransfer(SERVER)) {
            assertThat(transfer.awaitProgress(PATIENCE)).isTrue();
            assertThat(windows.close(guard.installation().device(GATEWAY))).isPositive();
            assertThat(transfer.awaitStall(QUIET, PATIENCE)).isTrue();
            assertThat(awaitClosed(guard, record.id()).closedBy()).contains("owner");
            assertThat(awaitEnded(guard, record.id()).traffic().bytesOut()).isPositive();
            guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        }
    }

    @Test
    void aSecondWindowSetsTheTimeAnew() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        Windows windows = guard.installation().again().windows();
        windows.open(guard.installation().device(GATEWAY), Duration.ofMinutes(5), "first");
        Windows.Opened second = windows.open(guard.installation().device(GATEWAY), Duration.ofSeconds(2), "second");
        assertThat(second.window().until()).isBefore(Instant.now().plusSeconds(3));
        guard.seen().awaitVerdict(GATEWAY, Status.WINDOW_OPEN, PATIENCE);
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(guard.journal().windows(10))
                        .hasSize(2)
                        .allMatch(window -> window.closed().isPresent()));
    }

    private static WindowRecord awaitClosed(RunningGuard guard, long id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> guard.journal().window(id),
                        found -> found.flatMap(WindowRecord::closed).isPresent())
                .orElseThrow();
    }

    private static Flow awaitEnded(RunningGuard guard, long id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            guard.journal();
                            return guard.installation().windows().report(id).flows().stream()
                                    .filter(flow -> flow.destination().equals(DESTINATION))
                                    .filter(flow -> flow.ended().isPresent())
                                    .findFirst();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }
}
