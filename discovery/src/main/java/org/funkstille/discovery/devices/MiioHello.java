package org.funkstille.discovery.devices;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.discovery.network.Datagrams;
import org.funkstille.discovery.network.Deadline;

/**
 * The greeting of the miIO protocol (OpenMiHome/mihome-binary-protocol, PROTOCOL.md): 32 octets that anyone may send. A
 * device answers with its number. Devices without an owner also answer with their token; those octets are never looked
 * at.
 */
final class MiioHello {

    /** UDP; a device answers from the same port. */
    static final int PORT = 54_321;

    private static final int LENGTH = 32;
    private static final int HEAD = 0x21310020;
    private static final int DID_OFFSET = 8;
    private static final int TIMES = 3;
    private static final Duration BETWEEN = Duration.ofMillis(400);

    private final int port;

    MiioHello(int port) {
        this.port = port;
    }

    /**
     * Greets everybody in our networks, and the candidates one by one.
     *
     * @return the numbers of those who answered, by address
     */
    Map<InetAddress, Long> ask(Datagrams datagrams, Collection<InetAddress> candidates, Deadline deadline)
            throws IOException {
        Map<InetAddress, Long> found = new LinkedHashMap<>();
        byte[] greeting = greeting();
        for (int time = 1; time <= TIMES && !deadline.passed(); time++) {
            datagrams.broadcast(greeting, port);
            for (InetAddress candidate : candidates) {
                if (candidate instanceof Inet4Address && !found.containsKey(candidate)) {
                    datagrams.toOne(greeting, new InetSocketAddress(candidate, port));
                }
            }
            Deadline pause = time == TIMES ? deadline : deadline.orIn(BETWEEN);
            datagrams.receive(pause, (from, octets) -> {
                if (from.getPort() == port) {
                    did(octets).ifPresent(did -> found.putIfAbsent(from.getAddress(), did));
                }
            });
        }
        return found;
    }

    static byte[] greeting() {
        byte[] octets = new byte[LENGTH];
        Arrays.fill(octets, (byte) 0xff);
        ByteBuffer.wrap(octets).putInt(HEAD);
        return octets;
    }

    /** The number in an answer; nothing where it is no answer to a greeting. */
    static Optional<Long> did(byte[] octets) {
        if (octets.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer answer = ByteBuffer.wrap(octets);
        int did = answer.getInt(DID_OFFSET);
        // Our own greeting, come back to us, has all bits set.
        boolean number = did != 0 && did != -1;
        return answer.getInt(0) == HEAD && number ? Optional.of(Integer.toUnsignedLong(did)) : Optional.empty();
    }
}
