package org.funkstille.evidence.filterlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One connection of the router. */
final class SyslogStream {

    /** What became of a reading. */
    enum Progress {
        OPEN,
        ENDED
    }

    private static final int MOST_READINGS = 8;

    private final SocketChannel channel;
    private final SyslogFrames frames;
    private long lastOctets;

    /** When the line began whose end has not come. */
    private long lineBegan;

    SyslogStream(SocketChannel channel, SyslogFrames.Lines lines, long now) {
        this.channel = channel;
        frames = new SyslogFrames(lines);
        lastOctets = now;
        lineBegan = now;
    }

    /**
     * Takes what is there, but not without end, for others wait, too.
     *
     * @param room for octets, shared with others
     */
    Progress read(ByteBuffer room, long now) {
        for (int count = 0; count < MOST_READINGS; count++) {
            int octets;
            try {
                octets = channel.read(room.clear());
            } catch (IOException reset) {
                return Progress.ENDED;
            }
            if (octets <= 0) {
                return octets < 0 ? Progress.ENDED : Progress.OPEN;
            }
            boolean began = !frames.isAmidLine();
            long completed = frames.completed();
            frames.take(room.array(), room.arrayOffset(), room.arrayOffset() + octets);
            if (began || frames.completed() != completed) {
                lineBegan = now;
            }
            lastOctets = now;
        }
        return Progress.OPEN;
    }

    /** Whether it lets us wait for the rest of a line, or has said nothing for long. */
    boolean isOverdue(long now, Limits limits) {
        return (frames.isAmidLine() && now - lineBegan > limits.patience().toNanos())
                || now - lastOctets > limits.idle().toNanos();
    }

    boolean isAmidLine() {
        return frames.isAmidLine();
    }

    long lastOctets() {
        return lastOctets;
    }

    void close() {
        SyslogSockets.closeQuietly(channel);
    }
}
