package org.funkstille.lab.facade.pf;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import org.funkstille.core.net.Family;
import org.funkstille.lab.network.Host;
import org.jspecify.annotations.Nullable;

/** Sends syslog messages from the router. What cannot be sent is lost, as on a real one. One thread uses it. */
final class SyslogSender {

    private final Host router;
    private final SyslogDestination destination;
    private @Nullable SocketChannel connection;
    private @Nullable DatagramChannel datagrams;
    private long sequence;

    SyslogSender(Host router, SyslogDestination destination) {
        this.router = router;
        this.destination = destination;
    }

    void send(ZonedDateTime time, String message) throws InterruptedException {
        String text = destination.format().message(time, ++sequence, message);
        try {
            if (destination.tcp()) {
                stream(text + "\n");
            } else {
                datagram(text);
            }
        } catch (IOException lost) {
            close();
        }
    }

    private void datagram(String text) throws IOException, InterruptedException {
        if (datagrams == null) {
            boolean four = Family.of(destination.server().getAddress()) == Family.IPV4;
            datagrams = router.inside(
                    () -> DatagramChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6));
        }
        datagrams.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), destination.server());
    }

    private void stream(String text) throws IOException, InterruptedException {
        if (connection == null) {
            connection = router.inside(() -> SocketChannel.open(destination.server()));
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    void close() {
        try (SocketChannel _ = connection;
                DatagramChannel _ = datagrams) {
            connection = null;
            datagrams = null;
        } catch (IOException ignored) {
            // it is given up anyway
        }
    }
}
