package org.funkstille.evidence.filterlog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One thread's work: takes lines from the router by UDP and TCP. Keeps nothing but one unfinished line for each of a few
 * connections, so that no flood can fill memory. The thread must stand in the sockets' network namespace.
 */
final class SyslogListener implements Runnable, SyslogFrames.Lines {

    private static final int DATAGRAMS_IN_TURN = 512;
    private static final int ROOM = 64 * 1024;

    /** Also how soon a loss is told. */
    private static final Duration BUSY = Duration.ofMillis(200);

    /** Now and then it looks whether its sockets are still open. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final SyslogSockets sockets;
    private final Set<InetAddress> senders;
    private final AttemptOutlet outlet;
    private final Limits limits;
    private final InstantSource clock;
    private final Selector selector;
    private final ByteBuffer room = ByteBuffer.allocate(ROOM);
    private final List<SyslogStream> streams = new ArrayList<>();

    private volatile boolean closing;
    private Instant arrival = Instant.EPOCH;

    /** Datagrams came since the kernel's drops were last looked at. */
    private boolean dropsUnseen;

    private long dropsSeenAt;

    SyslogListener(
            SyslogSockets sockets, Set<InetAddress> senders, AttemptOutlet outlet, Limits limits, InstantSource clock)
            throws IOException {
        this.sockets = sockets;
        this.senders = senders;
        this.outlet = outlet;
        this.limits = limits;
        this.clock = clock;
        selector = Selector.open();
    }

    @Override
    public void run() {
        try (selector;
                sockets) {
            sockets.datagrams().register(selector, SelectionKey.OP_READ);
            sockets.connections().register(selector, SelectionKey.OP_ACCEPT);
            listen();
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        } finally {
            streams.forEach(SyslogStream::close);
        }
    }

    /** Also for a thread that could not even start to {@link #run}. */
    void failed(Throwable failure) {
        if (!closing) {
            String message = failure.getMessage();
            outlet.ended(clock.instant(), "the router's log: " + (message == null ? failure.toString() : message));
        }
    }

    /** Makes {@link #run} return soon. */
    void close() {
        closing = true;
        selector.wakeup();
    }

    private void listen() throws IOException {
        while (!closing) {
            selector.select((dropsUnseen ? BUSY : QUIET).toMillis());
            if (closing) {
                return;
            }
            if (!sockets.datagrams().isOpen() || !sockets.connections().isOpen()) {
                throw new IOException("a socket was closed");
            }
            arrival = clock.instant();
            long now = System.nanoTime();
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key, now);
            }
            selector.selectedKeys().clear();
            closeOverdue(now);
            tellLost(now);
        }
    }

    private void serve(SelectionKey key, long now) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof SyslogStream stream) {
            if (stream.read(room, now) == SyslogStream.Progress.ENDED) {
                end(stream);
            }
        } else if (key.isAcceptable()) {
            accept(now);
        } else {
            datagrams();
        }
    }

    private void datagrams() throws IOException {
        dropsUnseen = true;
        for (int count = 0; count < DATAGRAMS_IN_TURN; count++) {
            room.clear().limit(SyslogFrames.LONGEST_LINE + 1);
            if (!(sockets.datagrams().receive(room) instanceof InetSocketAddress sender)) {
                return;
            }
            if (!senders.contains(sender.getAddress())) {
                outlet.turnedAway(Outcome.SPOOFED);
            } else if (room.position() > SyslogFrames.LONGEST_LINE) {
                tooLong();
            } else {
                line(room.array(), 0, SyslogFrames.trimmed(room.array(), 0, room.position()));
            }
        }
    }

    @Override
    public void line(byte[] octets, int from, int to) {
        outlet.line(octets, from, to, arrival);
    }

    @Override
    public void tooLong() {
        outlet.turnedAway(Outcome.TOO_LONG);
    }

    private void accept(long now) throws IOException {
        SocketChannel channel = sockets.connections().accept();
        if (channel == null) {
            return;
        }
        try {
            if (!(channel.getRemoteAddress() instanceof InetSocketAddress sender
                    && senders.contains(sender.getAddress()))) {
                outlet.turnedAway(Outcome.SPOOFED);
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            if (streams.size() == limits.connections()) {
                streams.stream()
                        .min(Comparator.comparingLong(stream -> stream.lastOctets() - now))
                        .ifPresent(this::end);
            }
            SyslogStream stream = new SyslogStream(channel, this, now);
            channel.register(selector, SelectionKey.OP_READ, stream);
            streams.add(stream);
        } catch (IOException gone) {
            SyslogSockets.closeQuietly(channel);
        }
    }

    /** What has come of its last line is cut, and cut lines are not believed. */
    private void end(SyslogStream stream) {
        if (stream.isAmidLine()) {
            outlet.turnedAway(Outcome.MALFORMED);
        }
        stream.close();
        streams.remove(stream);
    }

    private void closeOverdue(long now) {
        for (SyslogStream stream : List.copyOf(streams)) {
            if (stream.isOverdue(now, limits)) {
                end(stream);
            }
        }
    }

    private void tellLost(long now) throws IOException {
        if (dropsUnseen && now - dropsSeenAt >= BUSY.toNanos()) {
            dropsUnseen = false;
            dropsSeenAt = now;
            outlet.lost(arrival, sockets.drops().fresh());
        }
    }
}
