package org.funkstille.lab.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import org.funkstille.core.net.Family;

/**
 * Serves one UDP port of a host. A host with many addresses needs one server for each: from a socket for all of them
 * the kernel would answer with an address of its choice, and conntrack on the router would not know the answer.
 */
public final class UdpServer implements Closeable {

    private static final int LARGEST_DATAGRAM = 65_535;

    /** What is done with a datagram. */
    @FunctionalInterface
    public interface Service {

        /** @param served the address that the server was opened for */
        Optional<ByteBuffer> answer(InetSocketAddress client, InetAddress served, ByteBuffer datagram);
    }

    private final Host host;
    private final DatagramChannel channel;

    private UdpServer(Host host, DatagramChannel channel) {
        this.host = host;
        this.channel = channel;
    }

    /** @param address one of the host's, or the wildcard address of a family */
    public static UdpServer open(Host host, InetAddress address, int port, Service service)
            throws IOException, InterruptedException {
        DatagramChannel channel = host.inside(() -> DatagramChannel.open(
                        Family.of(address) == Family.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)
                .bind(new InetSocketAddress(address, port)));
        Thread.startVirtualThread(() -> serve(channel, address, service));
        return new UdpServer(host, channel);
    }

    private static void serve(DatagramChannel channel, InetAddress address, Service service) {
        ByteBuffer datagram = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (channel.isOpen()) {
            try {
                datagram.clear();
                if (!(channel.receive(datagram) instanceof InetSocketAddress client)) {
                    continue;
                }
                Optional<ByteBuffer> answer = service.answer(client, address, datagram.flip());
                if (answer.isPresent()) {
                    channel.send(answer.get(), client);
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException unreachable) {
                // a client that cannot be answered is no reason to stop serving the others
            }
        }
    }

    /** Sends from the port that is served. */
    public void send(ByteBuffer datagram, InetSocketAddress destination) throws IOException {
        channel.send(datagram, destination);
    }

    /**
     * Also receives what is sent to a group.
     *
     * @throws IOException where the host's card has no IPv4 address yet
     */
    public void join(InetAddress group) throws IOException, InterruptedException {
        host.inside(() -> {
            NetworkInterface card = NetworkInterface.getByName(Card.INTERFACE);
            try {
                return channel.join(group, card);
            } catch (IllegalArgumentException noAddress) {
                throw new IOException(host + " has no address to join " + group.getHostAddress() + " with", noAddress);
            }
        });
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
