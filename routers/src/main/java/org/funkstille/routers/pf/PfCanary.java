package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.Canary;
import org.funkstille.routers.RouterException;

/** One datagram from us through the router, which a rule of ours refuses and logs. */
public final class PfCanary {

    /** In TEST-NET-1 (RFC 5737), the discard port (RFC 863): nobody is there, and whoever were would throw it away. */
    public static final Endpoint DESTINATION = new Endpoint(Addresses.parse("192.0.2.83"), Protocol.UDP, 9);

    private final NetworkNamespace namespace;
    private final String host;

    /**
     * @param namespace where we are
     * @param host the router, as we call it
     */
    public PfCanary(NetworkNamespace namespace, String host) {
        this.namespace = namespace;
        this.host = host;
    }

    /** Our own address on the way to the router: what it sees as the source. */
    public Optional<InetAddress> source() {
        try {
            return namespace.call(() -> {
                try (DatagramChannel channel = DatagramChannel.open()) {
                    // Connecting a datagram socket sends nothing; the kernel only chooses a source.
                    channel.connect(new InetSocketAddress(InetAddress.getByName(host), DESTINATION.port()));
                    return channel.getLocalAddress() instanceof InetSocketAddress local
                            ? Optional.of(local.getAddress())
                            : Optional.<InetAddress>empty();
                }
            });
        } catch (Exception noWay) {
            return Optional.empty();
        }
    }

    /** How its refusal is known. */
    public Optional<Canary> canary() {
        return source().map(source -> new Canary(source, Optional.of(DESTINATION)));
    }

    public void send() throws RouterException {
        Optional<InetAddress> source = source();
        try {
            namespace.call(() -> {
                try (DatagramChannel channel = DatagramChannel.open()) {
                    if (source.isPresent()) {
                        channel.bind(new InetSocketAddress(source.get(), 0));
                    }
                    ByteBuffer text = ByteBuffer.wrap("funkstille canary".getBytes(StandardCharsets.US_ASCII));
                    return channel.send(text, new InetSocketAddress(DESTINATION.address(), DESTINATION.port()));
                }
            });
        } catch (Exception failed) {
            throw new RouterException.Unreachable("cannot send the canary: " + failed.getMessage(), failed);
        }
    }
}
