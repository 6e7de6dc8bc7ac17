package org.funkstille.lab.guarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.funkstille.lab.guarding.GuardedLab.GATEWAY;
import static org.funkstille.lab.guarding.GuardedLab.PATIENCE;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.router.Counts;
import org.funkstille.core.verdict.Status;
import org.funkstille.journal.JournalReader;
import org.funkstille.journal.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A silent device that tries a thousand times a second. */
@Timeout(120)
class FloodTest {

    private static final int RATE = 1000;
    private static final int SECONDS = Boolean.getBoolean("funkstille.long") ? 60 : 20;
    private static final int DESTINATIONS = 500;
    private static final long TICK_NANOS = 1_000_000_000L / RATE;
    private static final long MEGABYTE = 1 << 20;

    @RegisterExtension
    static final GuardedLab HOME = new GuardedLab();

    @Test
    void everyAttemptIsKeptOrCountedAsLostInBoundedMemory() throws Exception {
        RunningGuard guard = HOME.silentGateway();
        guard.seen().awaitVerdict(GATEWAY, Status.SILENT, PATIENCE);
        HOME.lab().gateway().pausePhoning();
        try {
            await().atMost(PATIENCE).until(() -> {
                long attempts = guard.seen().attempts(GATEWAY);
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                return guard.seen().attempts(GATEWAY) == attempts;
            });
            flood(guard);
        } finally {
            HOME.lab().gateway().resumePhoning();
        }
    }

    private static void flood(RunningGuard guard) throws Exception {
        long refusedBefore = refused(guard);
        long keptBefore = kept(guard.journal());
        long heapBefore = heap();

        int sent = send();

        long refused = refused(guard) - refusedBefore;
        assertThat(refused).isEqualTo(sent);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JournalReader journal = guard.journal();
            long lost = journal.losses(Instant.EPOCH).stream()
                    .filter(loss -> loss.source() == EvidenceSource.REFUSALS)
                    .mapToLong(Loss::events)
                    .sum();
            assertThat(kept(journal) - keptBefore + lost + guard.lost()).isEqualTo(refused);
        });
        assertThat(heap() - heapBefore).isLessThan(24 * MEGABYTE);
        assertThat(HOME.lab().cloud().arrivals())
                .noneMatch(arrival ->
                        Addresses.text(arrival.destination().address()).startsWith("203.0.113.1"));
        assertThat(guard.seen().verdict(GATEWAY).orElseThrow().status()).isEqualTo(Status.SILENT);
    }

    /** Never faster than the rate, and no more than it makes in the time. */
    private static int send() throws IOException, InterruptedException {
        int all = RATE * SECONDS;
        try (DatagramChannel channel =
                HOME.lab().gateway().host().inside(() -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            long began = System.nanoTime();
            for (int number = 0; number < all; number++) {
                long due = began + number * TICK_NANOS;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                InetSocketAddress server = new InetSocketAddress(
                        Addresses.parse("203.0.113.1" + number % 10), 1024 + number % DESTINATIONS);
                channel.send(ByteBuffer.allocate(32), server);
            }
        }
        return all;
    }

    private static long refused(RunningGuard guard) throws Exception {
        return guard.installation()
                .again()
                .driver()
                .observe()
                .counts()
                .getOrDefault(GATEWAY, Counts.ZERO)
                .refused();
    }

    private static long kept(JournalReader journal) {
        return journal.attemptTotals(Instant.EPOCH).getOrDefault(GATEWAY, 0L);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
