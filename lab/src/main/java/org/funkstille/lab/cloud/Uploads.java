package org.funkstille.lab.cloud;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes what devices send without end. A connection that begins with {@link #GREETING} and eight octets of number is an
 * upload; for all that arrives the cloud sends the sum so far, eight octets, back.
 */
public final class Uploads {

    /** The first octets of an upload; its number follows. */
    public static final String GREETING = "UPLOAD::";

    private static final byte[] GREETING_OCTETS = GREETING.getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = GREETING_OCTETS.length + Long.BYTES;

    private final Map<Long, AtomicLong> received = new ConcurrentHashMap<>();

    /** The octets that have reached the cloud on the upload with this number. */
    public long received(long number) {
        AtomicLong octets = received.get(number);
        return octets == null ? 0 : octets.get();
    }

    static boolean begins(ByteBuffer bytes) {
        return bytes.remaining() >= HEAD
                && bytes.slice(0, GREETING_OCTETS.length).equals(ByteBuffer.wrap(GREETING_OCTETS));
    }

    void take(SocketChannel connection, ByteBuffer bytes) throws IOException {
        AtomicLong sum = received.computeIfAbsent(bytes.getLong(GREETING_OCTETS.length), number -> new AtomicLong());
        bytes.position(bytes.position() + HEAD);
        do {
            long soFar = sum.addAndGet(bytes.remaining());
            TcpServer.write(connection, ByteBuffer.allocate(Long.BYTES).putLong(0, soFar));
        } while (readInto(connection, bytes));
    }

    private static boolean readInto(SocketChannel connection, ByteBuffer bytes) throws IOException {
        boolean more = connection.read(bytes.clear()) >= 0;
        bytes.flip();
        return more;
    }
}
