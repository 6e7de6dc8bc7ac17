package org.funkstille.lab.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.funkstille.lab.network.Host;

/** A TCP connection from a device to its cloud. */
final class TcpCall {

    /** Published miIO logs: a device waits 3 s for an acknowledgement before it gives a connection up. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final byte[] KEEP_ALIVE = "still here\n".getBytes(StandardCharsets.US_ASCII);

    private final Host host;
    private final Calls calls;
    private final Routines routines;

    TcpCall(Host host, Calls calls, Routines routines) {
        this.host = host;
        this.calls = calls;
        this.routines = routines;
    }

    /** Connects, and exchanges a few octets at each interval until the other side is gone, or calls pause. */
    void converse(InetAddress server, int port, Duration interval) throws IOException, InterruptedException {
        try (SocketChannel channel = connect(server, port)) {
            Socket socket = channel.socket();
            while (!routines.paused()) {
                exchange(socket, KEEP_ALIVE);
                Thread.sleep(interval);
            }
        }
    }

    /** Connects, sends a request, and reads the beginning of the answer. */
    void ask(InetAddress server, int port, String request) throws IOException, InterruptedException {
        try (SocketChannel channel = connect(server, port)) {
            exchange(channel.socket(), request.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void exchange(Socket socket, byte[] octets) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(octets);
        InputStream in = socket.getInputStream();
        if (in.read(new byte[1500]) < 0) {
            throw new IOException("connection closed by the cloud");
        }
        calls.answered();
    }

    private SocketChannel connect(InetAddress server, int port) throws IOException, InterruptedException {
        calls.attempted();
        return open(host, new InetSocketAddress(server, port), PATIENCE);
    }

    /** A connection whose reads end after the same time as the attempt to connect. */
    static SocketChannel open(Host host, InetSocketAddress server, Duration patience)
            throws IOException, InterruptedException {
        SocketChannel channel = host.inside(SocketChannel::open);
        try {
            channel.socket().connect(server, (int) patience.toMillis());
            channel.socket().setSoTimeout((int) patience.toMillis());
            return channel;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }
}
