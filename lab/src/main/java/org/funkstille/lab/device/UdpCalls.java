package org.funkstille.lab.device;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.UdpServer;

/** The miIO cloud channel over UDP, one socket for each family, kept as long as the device lives. */
final class UdpCalls implements AutoCloseable {

    private final int device;
    private final Calls calls;
    private final UdpServer ipv4;
    private final UdpServer ipv6;

    private UdpCalls(int device, Calls calls, UdpServer ipv4, UdpServer ipv6) {
        this.device = device;
        this.calls = calls;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    static UdpCalls open(Host host, int device, Calls calls) throws IOException, InterruptedException {
        UdpServer.Service count = (cloud, served, answer) -> {
            calls.answered();
            return Optional.empty();
        };
        return new UdpCalls(
                device,
                calls,
                UdpServer.open(host, Addresses.parse("0.0.0.0"), 0, count),
                UdpServer.open(host, Addresses.parse("::"), 0, count));
    }

    void send(InetAddress server) {
        calls.attempted();
        ByteBuffer packet = MiioGreeting.packet(device);
        try {
            (Family.of(server) == Family.IPV4 ? ipv4 : ipv6)
                    .send(packet, new InetSocketAddress(server, Cloud.MIIO_UDP));
        } catch (IOException noWay) {
            // without an address or a route, as after a power cut; the next packet may go
        }
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.close();
    }
}
