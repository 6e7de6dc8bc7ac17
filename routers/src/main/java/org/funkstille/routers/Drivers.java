package org.funkstille.routers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.fritzbox.FritzBoxDriver;
import org.funkstille.routers.http.RouterHttp;
import org.funkstille.routers.linux.LinuxDriver;
import org.funkstille.routers.opnsense.OpnSenseDriver;
import org.funkstille.routers.pfsense.PfSenseDriver;

/** Finds the driver for a router. */
public final class Drivers {

    /** RFC 863: whoever listens here throws it away. Our rules refuse it before that. */
    private static final int DISCARD_PORT = 9;

    private final Secrets secrets;
    private final Path memory;
    private final Consumer<String> notices;
    private final Clock clock;

    /**
     * @param memory the folder where drivers keep what must outlive them: pinned certificates, windows that the router
     *     does not know
     * @param notices told what the owner should see, in words for people: a certificate that is seen for the first time
     */
    public Drivers(Secrets secrets, Path memory, Consumer<String> notices, Clock clock) {
        this.secrets = secrets;
        this.memory = memory;
        this.notices = notices;
        this.clock = clock;
    }

    /** @throws RouterException where the router cannot be got at, or there is no driver for its system */
    public RouterDriver open(Router router, Home home) throws RouterException {
        return switch (router.type()) {
            case LINUX -> linux(router, home);
            case PFSENSE -> PfSenseDriver.open(remote(router, home));
            case OPNSENSE -> OpnSenseDriver.open(remote(router, home));
            case FRITZBOX -> FritzBoxDriver.open(remote(router, home));
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI -> throw noDriver(router);
        };
    }

    private RemoteRouter remote(Router router, Home home) throws RouterException {
        if (!(router.via() instanceof Via.Https https)) {
            throw new RouterException.Refused("router " + router.name() + ": a router of type "
                    + router.type().word() + " needs via: https:// and its address");
        }
        return new RemoteRouter(
                router,
                home,
                RouterHttp.to(router, https, memory, notices),
                RouterHttp.namespace(router),
                secrets,
                memory,
                clock);
    }

    private static RouterException noDriver(Router router) {
        return new RouterException.Refused("router " + router.name() + ": this version of Funkstille has no driver for "
                + router.type().word() + " yet");
    }

    private RouterDriver linux(Router router, Home home) throws RouterException {
        return switch (router.via()) {
            case Via.Local local -> here(router, home, NetworkNamespace.current());
            case Via.Namespace named -> here(router, home, NetworkNamespace.named(named.name()));
            case Via.Ssh ssh -> there(router, home, ssh);
            case Via.Https https ->
                throw new RouterException.Refused("router " + router.name()
                        + ": a linux router is reached by local, netns:NAME or ssh://user@host, not by https");
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
