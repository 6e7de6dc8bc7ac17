package org.funkstille.routers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.linux.LinuxDriver;

/** Finds the driver for a router. */
public final class Drivers {

    /** RFC 863: whoever listens here throws it away. Our rules refuse it before that. */
    private static final int DISCARD_PORT = 9;

    private final Secrets secrets;
    private final Clock clock;

    public Drivers(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @throws RouterException where the router cannot be got at, or there is no driver for its system */
    public RouterDriver open(Router router, Home home) throws RouterException {
        if (router.type() != RouterType.LINUX) {
            throw new RouterException.Refused(
                    "router " + router.name() + ": this version of Funkstille drives type linux;"
                            + " there is no driver for " + router.type().word() + " yet");
        }
        return switch (router.via()) {
            case Via.Local local -> here(router, home, NetworkNamespace.current());
            case Via.Namespace named -> here(router, home, NetworkNamespace.named(named.name()));
            case Via.Ssh ssh -> there(router, home, ssh);
        };
    }

    private RouterDriver here(Router router, Home home, NetworkNamespace namespace) {
        LocalConnection connection = new LocalConnection(namespace, Path.of(router.root()));
        return new LinuxDriver(
                router,
                home,
                connection,
                new EvidenceAccess.OfKernel(namespace, LinuxDriver.REFUSALS_GROUP, LinuxDriver.NAMES_GROUP),
                from -> datagram(namespace, from),
                clock);
    }

    private RouterDriver there(Router router, Home home, Via.Ssh ssh) throws RouterException {
        SshConnection connection = SshConnection.open(ssh, router.password().map(secrets::read), router.root());
        return new LinuxDriver(
                router,
                home,
                connection,
                new EvidenceAccess.OfPrograms(connection::start, LinuxDriver.REFUSALS_GROUP, LinuxDriver.NAMES_GROUP),
                from -> ping(connection, from),
                clock);
    }

    private static void datagram(NetworkNamespace namespace, InetAddress from) throws RouterException {
        try {
            namespace.call(() -> {
                try (DatagramChannel channel = DatagramChannel.open()) {
                    channel.bind(new InetSocketAddress(from, 0));
                    ByteBuffer canary = ByteBuffer.wrap("funkstille canary".getBytes(StandardCharsets.US_ASCII));
                    return channel.send(canary, new InetSocketAddress(Addresses.parse("127.0.0.1"), DISCARD_PORT));
                }
            });
        } catch (Exception failed) {
            throw new RouterException.Unreachable("cannot send the canary: " + failed.getMessage(), failed);
        }
    }

    private static void ping(RouterConnection connection, InetAddress from) throws RouterException {
        // No answer is what must happen, so the exit code says nothing.
        Command.Result ignored = connection.run(
                List.of("ping", "-n", "-c", "1", "-W", "1", "-I", Addresses.text(from), "127.0.0.1"), "");
        if (ignored.exit() == 127) {
            throw new RouterException.ToolMissing("ping", "iputils-ping");
        }
    }
}
