package org.funkstille.discovery.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.kernel.NetworkNamespace;

/**
 * Asks the network over IPv4: one socket for each interface, bound to the interface's own address, so that broadcasts
 * and multicasts leave by every one of them; and one more for what lies behind a router.
 */
public final class Datagrams implements AutoCloseable {

    /** More answers than any home has; whoever sends more is not answered to any longer. */
    private static final int MOST_ANSWERS = 4096;

    private static final int LARGEST = 9000;

    /** Is told of each datagram that comes in. */
    @FunctionalInterface
    public interface Receiver {

        void received(InetSocketAddress from, byte[] octets);
    }

    private record Leg(DatagramChannel channel, List<OwnAddress> reaches) {

        boolean leadsTo(InetAddress address) {
            return reaches.stream().anyMatch(own -> own.network().contains(address));
        }
    }

    private final Selector selector;
    private final List<Leg> legs = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private int answers;

    private Datagrams() throws IOException {
        this.selector = Selector.open();
    }

    /** @param timeToLive of multicasts */
    public static Datagrams open(NetworkNamespace namespace, List<OwnInterface> interfaces, int timeToLive)
            throws IOException, InterruptedException {
        Datagrams datagrams = new Datagrams();
        try {
            namespace.call(() -> {
                for (OwnInterface one : interfaces) {
                    datagrams.leg(one, timeToLive);
                }
                datagrams.add(DatagramChannel.open(StandardProtocolFamily.INET), List.of());
                return datagrams.legs.size();
            });
            return datagrams;
        } catch (IOException | InterruptedException | RuntimeException expected) {
            datagrams.close();
            throw expected;
        } catch (Exception other) {
            datagrams.close();
            throw new IOException("cannot open a socket: " + other.getMessage(), other);
        }
    }

    private void leg(OwnInterface one, int timeToLive) throws IOException {
        NetworkInterface card = NetworkInterface.getByName(one.name());
        List<OwnAddress> own = one.ipv4().stream().toList();
        if (card == null || own.isEmpty()) {
            return;
        }
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        add(channel, own);
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, card);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, timeToLive);
        channel.bind(new InetSocketAddress(own.getFirst().address(), 0));
    }

    private void add(DatagramChannel channel, List<OwnAddress> reaches) throws IOException {
        legs.add(new Leg(channel, reaches));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** To a group or to everybody, by every interface. */
    public void toAll(byte[] message, InetSocketAddress group) {
        for (Leg leg : legs) {
            if (!leg.reaches().isEmpty()) {
                send(leg, message, group);
            }
        }
    }

    /** To everybody in every network of ours: the limited broadcast, and the one of the network. */
    public void broadcast(byte[] message, int port) {
        toAll(message, new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), port));
        for (Leg leg : legs) {
            leg.reaches().stream()
                    .flatMap(own -> own.broadcast().stream())
                    .forEach(address -> send(leg, message, new InetSocketAddress(address, port)));
        }
    }

    public void toOne(byte[] message, InetSocketAddress target) {
        legs.stream()
                .filter(leg -> leg.leadsTo(target.getAddress()))
                .findFirst()
                .or(() -> legs.stream().filter(leg -> leg.reaches().isEmpty()).findFirst())
                .ifPresent(leg -> send(leg, message, target));
    }

    private static void send(Leg leg, byte[] message, SocketAddress target) {
        try {
            leg.channel().send(ByteBuffer.wrap(message), target);
        } catch (IOException noWayThere) {
            // as good as no answer: no route, a firewall of this machine's own
        }
    }

    /** Hands over what comes in until the deadline. */
    public void receive(Deadline deadline, Receiver receiver) throws IOException {
        while (!deadline.passed() && answers < MOST_ANSWERS) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            selector.select(deadline.millisecondsAtLeastOne());
            selector.selectedKeys().clear();
            for (Leg leg : legs) {
                drain(leg, receiver);
            }
        }
    }

    private void drain(Leg leg, Receiver receiver) {
        try {
            while (answers < MOST_ANSWERS) {
                buffer.clear();
                if (!(leg.channel().receive(buffer) instanceof InetSocketAddress from)) {
                    return;
                }
                answers++;
                byte[] octets = new byte[buffer.flip().remaining()];
                buffer.get(octets);
                receiver.received(from, octets);
            }
        } catch (IOException broken) {
            // this socket hears nothing more; the others may
        }
    }

    @Override
    public void close() throws IOException {
        for (Leg leg : legs) {
            leg.channel().close();
        }
        selector.close();
    }
}
