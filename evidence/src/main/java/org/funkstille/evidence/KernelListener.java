package org.funkstille.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.kernel.NetlinkSocket;
import org.funkstille.kernel.NetlinkSocket.Received;
import org.jspecify.annotations.Nullable;

/** One thread's work: takes what a feed gives, and counts what it could not give. */
final class KernelListener implements Runnable {

    /** After this much silence a loss is told, though its extent is not yet known. */
    private static final int SILENCE_MILLISECONDS = 200;

    private static final int WITHOUT_END = -1;

    private final KernelFeed feed;
    private final Outlet outlet;
    private final int receiveBuffer;
    private final InstantSource clock;
    private final CompletableFuture<Optional<IOException>> ready = new CompletableFuture<>();

    private volatile @Nullable NetlinkSocket socket;
    private volatile boolean closing;

    /** Of the messages at hand: one look at the clock is enough for them all. */
    private @Nullable Instant now;

    KernelListener(KernelFeed feed, Outlet outlet, int receiveBuffer, InstantSource clock) {
        this.feed = feed;
        this.outlet = outlet;
        this.receiveBuffer = receiveBuffer;
        this.clock = clock;
    }

    EvidenceSource source() {
        return feed.source();
    }

    EvidenceCounts counts() {
        return outlet.counts();
    }

    /** Waits until the kernel is telling, or has refused to, and why. */
    Optional<IOException> awaitReady() throws InterruptedException {
        try {
            return ready.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void run() {
        try (NetlinkSocket opened = NetlinkSocket.open(feed.protocol(), receiveBuffer)) {
            socket = opened;
            feed.subscribe(opened, this::message);
            ready.complete(Optional.empty());
            listen(opened);
        } catch (IOException failure) {
            ready.complete(Optional.of(failure));
            end(failure);
        } catch (RuntimeException failure) {
            ready.complete(Optional.of(new IOException(failure)));
            end(failure);
        }
    }

    /** For the thread that could not even start to {@link #run}. */
    void failed(Throwable failure) {
        ready.complete(Optional.of(new IOException(failure.getMessage(), failure)));
        end(failure);
    }

    private void end(Throwable failure) {
        if (!closing) {
            String message = failure.getMessage();
            outlet.ended(clock.instant(), message == null ? failure.toString() : message);
        }
    }

    /** Makes {@link #run} return soon. */
    void close() {
        closing = true;
        NetlinkSocket open = socket;
        if (open != null) {
            open.close();
        }
    }

    private void listen(NetlinkSocket open) throws IOException {
        LossCount losses = feed.losses();
        while (!closing) {
            long drops = open.drops() + open.damaged();
            Received received = open.receive(0, this::message);
            if (received == Received.NOTHING) {
                tellLost(losses.afterDrained(drops));
                received = open.receive(losses.isOwing() ? SILENCE_MILLISECONDS : WITHOUT_END, this::message);
            }
            switch (received) {
                case MESSAGES -> {
                    feed.batchEnded(now(), outlet);
                    tellLost(losses.afterMessages(drops));
                }
                case NOTHING -> tellLost(losses.afterSilence());
                case OVERRUN -> losses.overrun();
                case CLOSED -> closing = true;
            }
            now = null;
        }
    }

    private void message(int type, int flags, ByteBuffer octets, int offset, int length) {
        feed.message(type, new Octets(octets, offset, length), now(), outlet);
    }

    private Instant now() {
        Instant known = now;
        if (known == null) {
            known = clock.instant();
            now = known;
        }
        return known;
    }

    private void tellLost(long count) {
        if (count > 0) {
            outlet.lost(now(), count);
        }
    }
}
