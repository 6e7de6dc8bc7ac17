package org.funkstille.bench.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.funkstille.kernel.NetworkNamespace;

/** Sends a datagram to a cloud every half millisecond until one is answered with a refusal. */
final class Caller implements AutoCloseable {

    private static final InetSocketAddress CLOUD = new InetSocketAddress("42.62.48.10", 8053);
    private static final long INTERVAL_NANOS = 500_000;
    private static final int PASSING = 200;

    private final DatagramChannel channel;
    private final CountDownLatch passing = new CountDownLatch(PASSING);
    private final CompletableFuture<Long> refused = new CompletableFuture<>();

    private Caller(DatagramChannel channel) {
        this.channel = channel;
    }

    static Caller start(NetworkNamespace from) throws Exception {
        Caller caller = new Caller(from.call(() -> DatagramChannel.open().connect(CLOUD)));
        Thread.ofPlatform().name("caller").daemon().start(caller::call);
        return caller;
    }

    private void call() {
        ByteBuffer content = ByteBuffer.allocateDirect(32);
        while (!refused.isDone()) {
            try {
                int ignored = channel.write(content.rewind());
                passing.countDown();
            } catch (IOException answered) {
                // An address that is just being changed is no refusal by the rules.
                if (passing.getCount() == 0) {
                    refused.complete(System.nanoTime());
                }
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    void awaitPassing() throws InterruptedException, IOException {
        if (!passing.await(10, TimeUnit.SECONDS)) {
            throw new IOException("the device cannot send");
        }
    }

    /** @return by {@link System#nanoTime} */
    long awaitRefused() throws Exception {
        return refused.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        refused.complete(System.nanoTime()); // ends the thread
        channel.close();
    }
}
