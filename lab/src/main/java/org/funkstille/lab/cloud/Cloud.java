package org.funkstille.lab.cloud;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.UdpServer;
import org.funkstille.lab.network.Waiting;

/** The simulated internet behind the router, and the lab's last word on whether a device is silent. */
public final class Cloud implements AutoCloseable {

    /** The UDP port of the miIO cloud channel (strings of firmware 1.4.1_156; published logs: "port: 8053"). */
    public static final int MIIO_UDP = 8053;

    /** The TCP port of the same channel's fallback, which is not HTTP. */
    public static final int MIIO_TCP = 80;

    public static final int TLS = 443;

    /** MQTT over TLS (IANA: secure-mqtt), the vacuum's cloud. */
    public static final int SECURE_MQTT = 8883;

    public static final int DNS = 53;

    private static final Duration STEP = Duration.ofMillis(50);

    private final Host host;
    private final PacketCount packets;
    private final Resolver resolver = new Resolver();
    private final Uploads uploads = new Uploads();
    private final List<Closeable> servers = new ArrayList<>();

    public Cloud(Host host) {
        this.host = host;
        this.packets = new PacketCount(host);
    }

    /** Sets addresses and routes, and opens all ports. */
    public void start() throws IOException, InterruptedException {
        host.ip(addresses());
        packets.install();
        for (InetAddress address : CloudNames.addresses()) {
            servers.add(UdpServer.open(host, address, MIIO_UDP, Cloud::acknowledge));
        }
        for (InetAddress address :
                List.of(CloudNames.RESOLVER, CloudNames.PUBLIC_RESOLVER, CloudNames.PUBLIC_RESOLVER_IPV6)) {
            servers.add(UdpServer.open(host, address, DNS, resolver));
        }
        for (int port : List.of(MIIO_TCP, TLS, SECURE_MQTT)) {
            servers.add(TcpServer.open(host, port, uploads));
        }
    }

    private static String addresses() {
        StringBuilder lines = new StringBuilder("""
                addr add 198.51.100.1/30 dev wan
                link set wan up
                addr add 2001:db8:ffff::1/64 dev wan nodad
                route add 2001:db8::/32 via 2001:db8:ffff::2 dev wan
                route add fd00::/16 via 2001:db8:ffff::2 dev wan
                """);
        for (InetAddress address : CloudNames.addresses()) {
            int length = Family.of(address) == Family.IPV4 ? 32 : 128;
            lines.append("addr add %s/%d dev lo\n".formatted(Addresses.text(address), length));
        }
        return lines.toString();
    }

    /** The real server acknowledges each packet with one of the same shape; sending it back does that. */
    private static Optional<ByteBuffer> acknowledge(InetSocketAddress client, InetAddress asked, ByteBuffer datagram) {
        return Optional.of(datagram);
    }

    /** All that has arrived since the start or the last {@link #clear()}. */
    public List<Arrival> arrivals() throws IOException, InterruptedException {
        return packets.read();
    }

    /** What the resolvers of the cloud were asked since then, at most the last 10,000 questions. */
    public List<Query> queries() {
        return resolver.queries();
    }

    public void clear() throws IOException, InterruptedException {
        packets.clear();
        resolver.clear();
    }

    /**
     * Waits until something arrives that the condition holds for.
     *
     * @return false where nothing did in time
     */
    public boolean await(Predicate<Arrival> condition, Duration patience) throws IOException, InterruptedException {
        return Waiting.<IOException>until(() -> arrivals().stream().anyMatch(condition), patience, STEP);
    }

    /**
     * Waits for a question to a resolver.
     *
     * @return false where none came in time
     */
    public boolean awaitQuery(Predicate<Query> condition, Duration patience) throws InterruptedException {
        return Waiting.<RuntimeException>until(() -> queries().stream().anyMatch(condition), patience, STEP);
    }

    public Uploads uploads() {
        return uploads;
    }

    @Override
    public void close() throws IOException {
        for (Closeable server : servers) {
            server.close();
        }
    }
}
