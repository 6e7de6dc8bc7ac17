package org.funkstille.evidence.filterlog;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import org.funkstille.core.net.Addresses;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Both sockets of a syslog listener, bound.
 *
 * @param drops what the kernel dropped on the first
 */
record SyslogSockets(DatagramChannel datagrams, ServerSocketChannel connections, SocketDrops drops)
        implements AutoCloseable {

    private static final int FREE_PORTS_TRIED = 10;
    private static final int CONNECTIONS_WAITING = 8;

    /** @throws IOException in words for the owner: where the port is taken, or may not be bound, or cannot be entered */
    static SyslogSockets open(NetworkNamespace namespace, InetSocketAddress listen, Limits limits)
            throws IOException, InterruptedException {
        try {
            return namespace.call(() -> open(listen, limits));
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception unexpected) {
            throw new IOException("entering " + namespace, unexpected);
        }
    }

    /** On a thread that stands in the namespace. */
    private static SyslogSockets open(InetSocketAddress listen, Limits limits) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return openOnce(listen, limits);
            } catch (IOException taken) {
                // port 0: UDP gave a free one, which TCP may not have free
                if (listen.getPort() != 0 || tried == FREE_PORTS_TRIED) {
                    throw taken;
                }
            }
        }
    }

    private static SyslogSockets openOnce(InetSocketAddress listen, Limits limits) throws IOException {
        ProtocolFamily family = listen.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        DatagramChannel datagrams = DatagramChannel.open(family);
        try {
            datagrams.setOption(StandardSocketOptions.SO_RCVBUF, limits.receiveBuffer());
            bind(datagrams, listen, "UDP");
            InetSocketAddress bound = (InetSocketAddress) datagrams.getLocalAddress();
            ServerSocketChannel connections = ServerSocketChannel.open(family);
            try {
                // connections of a listener that has ended, in TIME-WAIT, do not keep the port
                connections.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                bind(connections, new InetSocketAddress(listen.getAddress(), bound.getPort()), "TCP");
                datagrams.configureBlocking(false);
                connections.configureBlocking(false);
                return new SyslogSockets(datagrams, connections, SocketDrops.of(bound));
            } catch (IOException | RuntimeException failed) {
                connections.close();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            datagrams.close();
            throw failed;
        }
    }

    private static void bind(NetworkChannel channel, InetSocketAddress address, String transport) throws IOException {
        try {
            if (channel instanceof ServerSocketChannel server) {
                server.bind(address, CONNECTIONS_WAITING);
            } else {
                channel.bind(address);
            }
        } catch (IOException failed) {
            throw new IOException("cannot listen for the router's log: " + why(failed, address, transport), failed);
        }
    }

    /** Java has one exception for all of these, and the system's words. */
    static String why(IOException failed, InetSocketAddress address, String transport) {
        String words = String.valueOf(failed.getMessage());
        String port = transport + " port " + address.getPort() + " of " + text(address.getAddress());
        if (words.contains("in use")) {
            return port + " is taken by another program; end that one, or choose another port here and on the router";
        }
        if (words.contains("ermission denied")) {
            return port + " may not be bound by this user; ports below 1024 need root or CAP_NET_BIND_SERVICE:"
                    + " choose a higher one here and on the router";
        }
        if (words.contains("assign requested")) {
            return text(address.getAddress()) + " is no address of this machine";
        }
        return port + ": " + words;
    }

    private static String text(InetAddress address) {
        return Addresses.text(address);
    }

    /** Where both listen. */
    InetSocketAddress address() throws IOException {
        SocketAddress local = connections.getLocalAddress();
        if (local instanceof InetSocketAddress bound) {
            return bound;
        }
        throw new IOException("the listener is closed");
    }

    @Override
    public void close() {
        closeQuietly(datagrams);
        closeQuietly(connections);
    }

    static void closeQuietly(NetworkChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // nothing is kept in it that could be lost
        }
    }
}
