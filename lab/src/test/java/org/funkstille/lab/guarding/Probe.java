package org.funkstille.lab.guarding;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.funkstille.core.net.Family;
import org.funkstille.lab.network.Host;

/**
 * What a program on a host finds when it knocks somewhere.
 *
 * @param after how long it took to know
 */
record Probe(Answer answer, Duration after) {

    private static final int PATIENCE_MILLIS = 1500;

    enum Answer {
        /** A connection, or a datagram. */
        ANSWERED,
        /** A reset, or "port unreachable". */
        REFUSED,
        /** ICMP said that it is not allowed. */
        PROHIBITED,
        NOTHING
    }

    static Probe tcp(Host from, InetAddress address, int port) throws IOException, InterruptedException {
        try (SocketChannel channel = from.inside(SocketChannel::open)) {
            return measured(() -> channel.socket().connect(new InetSocketAddress(address, port), PATIENCE_MILLIS));
        }
    }

    static Probe udp(Host from, InetAddress address, int port) throws IOException, InterruptedException {
        StandardProtocolFamily family =
                Family.of(address) == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try (DatagramChannel channel = from.inside(() -> DatagramChannel.open(family))) {
            channel.connect(new InetSocketAddress(address, port));
            channel.socket().setSoTimeout(PATIENCE_MILLIS);
            return measured(() -> {
                channel.write(ByteBuffer.wrap("{\"cmd\":\"whois\"}".getBytes(StandardCharsets.US_ASCII)));
                channel.socket().receive(new DatagramPacket(new byte[1500], 1500));
            });
        }
    }

    @FunctionalInterface
    private interface Knock {
        void knock() throws IOException;
    }

    private static Probe measured(Knock knock) {
        long began = System.nanoTime();
        Answer answer = answer(knock);
        return new Probe(answer, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Answer answer(Knock knock) {
        try {
            knock.knock();
            return Answer.ANSWERED;
        } catch (SocketTimeoutException nothing) {
            return Answer.NOTHING;
        } catch (PortUnreachableException refused) {
            return Answer.REFUSED;
        } catch (ConnectException refused) {
            return String.valueOf(refused.getMessage()).contains("refused") ? Answer.REFUSED : Answer.PROHIBITED;
        } catch (IOException prohibited) {
            return Answer.PROHIBITED;
        }
    }
}
