package org.funkstille.guard;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Destination;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.router.Observation;

/** A small home to test with. */
final class Homes {

    static final Mac GATEWAY = Mac.parse("78:11:dc:12:34:56");
    static final Mac VACUUM = Mac.parse("b0:4a:39:00:00:01");
    static final Mac CAMERA = Mac.parse("02:00:00:00:00:30");
    static final InetAddress PINNED = Addresses.parse("192.168.20.50");
    static final InetAddress ROUTER = Addresses.parse("192.168.20.1");
    static final InetAddress CLOUD = Addresses.parse("198.51.100.10");

    private Homes() {}

    static Home home() {
        Router router = new Router("home", RouterType.LINUX, new Via.Local(), Optional.empty(), "/", Optional.empty());
        List<Network> networks = List.of(
                new Network(
                        "iot",
                        "iot0",
                        List.of(Prefix.parse("192.168.20.0/24"), Prefix.parse("fd00:20::/64")),
                        Optional.empty(),
                        Optional.empty()),
                new Network(
                        "lan", "lan0", List.of(Prefix.parse("192.168.1.0/24")), Optional.empty(), Optional.empty()));
        Policy cloudOnly = new Policy.AllowList(
                Answer.REJECT,
                List.of(new Destination(new Prefix(CLOUD, 32), Optional.of(Protocol.TCP), Optional.of(443))));
        return new Home(
                List.of(router),
                networks,
                List.of(
                        device("gateway", GATEWAY, Optional.of(PINNED), new Policy.Silent(Answer.REJECT)),
                        device("camera", CAMERA, Optional.empty(), cloudOnly),
                        device("vacuum", VACUUM, Optional.empty(), new Policy.Online())),
                JournalSettings.DEFAULT,
                false);
    }

    private static Device device(String name, Mac mac, Optional<InetAddress> address, Policy policy) {
        return new Device(name, List.of(mac), address, List.of(), "iot", Optional.empty(), policy, List.of());
    }

    /** A router without anything of ours, that holds its own address. */
    static Observation observation() {
        return new Observation(
                Instant.EPOCH,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(ROUTER),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    static Endpoint tcp(InetAddress address, int port) {
        return new Endpoint(address, Protocol.TCP, port);
    }

    static Endpoint udp(InetAddress address, int port) {
        return new Endpoint(address, Protocol.UDP, port);
    }
}
