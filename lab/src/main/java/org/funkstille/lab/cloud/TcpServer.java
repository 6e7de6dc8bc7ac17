package org.funkstille.lab.cloud;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.funkstille.lab.network.Host;

/**
 * Serves one TCP port of all addresses of the cloud. Sends back what it gets, which is as good as the keep-alive
 * answers of the real servers; answers a web request; and takes {@link Uploads uploads}.
 */
final class TcpServer implements Closeable {

    private static final int HTTP = 'G';

    private final ServerSocketChannel listener;
    private final Uploads uploads;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private TcpServer(ServerSocketChannel listener, Uploads uploads) {
        this.listener = listener;
        this.uploads = uploads;
    }

    static TcpServer open(Host host, int port, Uploads uploads) throws IOException, InterruptedException {
        TcpServer server =
                new TcpServer(host.inside(() -> ServerSocketChannel.open().bind(new InetSocketAddress(port))), uploads);
        Thread.startVirtualThread(server::accept);
        return server;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel connection = listener.accept();
                connections.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException closedOrAborted) {
                // the loop's condition tells which
            }
        }
    }

    private void serve(SocketChannel connection) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        try (connection) {
            while (connection.read(bytes.clear()) >= 0) {
                bytes.flip();
                if (Uploads.begins(bytes)) {
                    uploads.take(connection, bytes);
                    return;
                }
                if (bytes.get(0) == HTTP) {
                    write(connection, ByteBuffer.wrap(webAnswer()));
                    return;
                }
                write(connection, bytes);
            }
        } catch (IOException clientGone) {
            // it will come again
        } finally {
            connections.remove(connection);
        }
    }

    /** The shape that HTTP-DNS clients expect: addresses for the name they asked for. */
    private static byte[] webAnswer() {
        String body = "{\"info\":{\"enable\":1,\"host_list\":[{\"ip\":\"%s\",\"port\":8053}]},\"sign\":\"\"}\n"
                .formatted(CloudNames.BARE_UDP.getHostAddress());
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    static void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
