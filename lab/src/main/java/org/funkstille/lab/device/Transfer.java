package org.funkstille.lab.device;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.funkstille.lab.cloud.Uploads;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Waiting;

/**
 * An upload to the cloud that was begun while it was allowed, and goes on until it is closed or broken: what a rule
 * behind "established is accepted" lets through.
 */
public final class Transfer implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration BETWEEN_BLOCKS = Duration.ofMillis(20);
    private static final int BLOCK = 1000;

    private final SocketChannel channel;
    private final Uploads uploads;
    private final long number;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean broken;

    private Transfer(SocketChannel channel, Uploads uploads, long number) {
        this.channel = channel;
        this.uploads = uploads;
        this.number = number;
    }

    static Transfer open(Host host, InetSocketAddress server, Uploads uploads)
            throws IOException, InterruptedException {
        SocketChannel channel = TcpCall.open(host, server, CONNECT_LIMIT);
        channel.socket().setSoTimeout(0); // a stalled transfer waits for ever
        Transfer transfer =
                new Transfer(channel, uploads, ThreadLocalRandom.current().nextLong());
        Thread.startVirtualThread(transfer::send);
        Thread.startVirtualThread(transfer::receive);
        return transfer;
    }

    private void send() {
        try {
            byte[] greeting = Uploads.GREETING.getBytes(StandardCharsets.US_ASCII);
            write(ByteBuffer.allocate(greeting.length + Long.BYTES)
                    .put(greeting)
                    .putLong(number)
                    .flip());
            while (channel.isOpen()) {
                write(ByteBuffer.allocate(BLOCK));
                Thread.sleep(BETWEEN_BLOCKS);
            }
        } catch (IOException gone) {
            broken = true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void receive() {
        try (DataInputStream in = new DataInputStream(channel.socket().getInputStream())) {
            while (channel.isOpen()) {
                acknowledged.set(in.readLong());
            }
        } catch (IOException gone) {
            broken = true;
        }
    }

    /** The octets that the cloud said it has. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** The octets that the cloud has, whether its word for it came through or not. */
    public long received() {
        return uploads.received(number);
    }

    /** True after the connection was reset or closed by the other side. */
    public boolean broken() {
        return broken;
    }

    /**
     * Waits until more octets reach the cloud than at this moment.
     *
     * @return false where none did in time
     */
    public boolean awaitProgress(Duration patience) throws InterruptedException {
        long before = received();
        return Waiting.<RuntimeException>until(() -> received() > before, patience);
    }

    /**
     * Waits until nothing has reached the cloud for a while.
     *
     * @param quiet how long
     * @return false where the transfer never stood still that long
     */
    public boolean awaitStall(Duration quiet, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            if (!awaitProgress(quiet)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
