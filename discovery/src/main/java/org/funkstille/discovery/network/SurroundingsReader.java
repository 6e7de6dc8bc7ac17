package org.funkstille.discovery.network;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Neighbour;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.jspecify.annotations.Nullable;

/** Reads {@link Surroundings} with ip(8), whose JSON is the same from iproute2 4.17 on. */
public final class SurroundingsReader {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final NetworkNamespace namespace;

    public SurroundingsReader(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** @throws IOException where ip(8) is missing or the namespace does not exist */
    public Surroundings read() throws IOException, InterruptedException {
        List<Neighbour> neighbours = neighbours();
        List<Gateway> gateways = new ArrayList<>(gateways(neighbours, "-4"));
        gateways.addAll(gateways(neighbours, "-6"));
        return new Surroundings(interfaces(), gateways, neighbours, forwards());
    }

    /** The kernel's neighbour tables of both families; entries that nobody answered to are left out. */
    public List<Neighbour> neighbours() throws IOException, InterruptedException {
        List<Neighbour> found = new ArrayList<>();
        for (JsonObject entry : ip("neigh")) {
            Optional<Mac> mac =
                    text(entry, "lladdr").flatMap(Mac::tryParse).filter(one -> !one.isGroup() && one.bits() != 0);
            Optional<InetAddress> address = text(entry, "dst").flatMap(Addresses::tryParse);
            if (mac.isPresent() && address.isPresent()) {
                found.add(new Neighbour(mac.get(), address.get()));
            }
        }
        return found;
    }

    private List<Gateway> gateways(List<Neighbour> neighbours, String family) throws IOException, InterruptedException {
        List<Gateway> found = new ArrayList<>();
        for (JsonObject route : ip(family, "route", "show", "default")) {
            Optional<InetAddress> address = text(route, "gateway").flatMap(Addresses::tryParse);
            Optional<String> device = text(route, "dev");
            if (address.isPresent() && device.isPresent()) {
                Optional<Mac> mac = neighbours.stream()
                        .filter(neighbour -> neighbour.address().equals(address.get()))
                        .map(Neighbour::mac)
                        .findFirst();
                found.add(new Gateway(address.get(), device.get(), mac));
            }
        }
        return found;
    }

    private List<OwnInterface> interfaces() throws IOException, InterruptedException {
        List<OwnInterface> found = new ArrayList<>();
        for (JsonObject one : ip("addr", "show", "up")) {
            Optional<String> name = text(one, "ifname");
            List<OwnAddress> addresses = new ArrayList<>();
            for (JsonObject address : objects(one.elements().get("addr_info"))) {
                ownAddress(address).ifPresent(addresses::add);
            }
            if (name.isPresent() && !name.get().equals("lo") && !addresses.isEmpty()) {
                Optional<Mac> mac = text(one, "address").flatMap(Mac::tryParse).filter(own -> own.bits() != 0);
                found.add(new OwnInterface(name.get(), mac, addresses));
            }
        }
        return found;
    }

    private static Optional<OwnAddress> ownAddress(JsonObject entry) {
        int length = entry.extract("prefixlen", -1);
        Optional<InetAddress> peer = text(entry, "address").flatMap(Addresses::tryParse);
        return text(entry, "local")
                .flatMap(Addresses::tryParse)
                .filter(own -> length >= 0 && length <= own.getAddress().length * 8)
                .map(own -> new OwnAddress(
                        own,
                        new Prefix(peer.orElse(own), length),
                        text(entry, "broadcast")
                                .flatMap(Addresses::tryParse)
                                .filter(broadcast -> broadcast instanceof Inet4Address)));
    }

    private boolean forwards() throws IOException, InterruptedException {
        try {
            // Below /proc/sys/net each thread is shown the parameters of its own namespace.
            return namespace.call(() -> Files.readString(FORWARDING)).strip().equals("1");
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new IOException("cannot read " + FORWARDING + ": " + other.getMessage(), other);
        }
    }

    private List<JsonObject> ip(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("ip"));
        namespace.name().ifPresent(name -> argv.addAll(List.of("-netns", name)));
        argv.add("-json");
        argv.addAll(List.of(arguments));
        Command.Result result = Command.of(argv).within(LIMIT).run();
        if (!result.ok()) {
            throw new IOException(String.join(" ", argv) + " failed: "
                    + PlainText.of(result.err().strip(), 300));
        }
        try {
            String out = result.out().strip();
            return objects(out.isEmpty() ? JsonArray.empty() : JSON.fromJson(out));
        } catch (RuntimeException malformed) {
            throw new IOException(
                    "what " + String.join(" ", argv) + " printed cannot be read: " + malformed.getMessage(), malformed);
        }
    }

    private static List<JsonObject> objects(@Nullable JsonNode node) {
        if (!(node instanceof JsonArray array)) {
            return List.of();
        }
        return array.elements().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    private static Optional<String> text(JsonObject object, String key) {
        JsonNode node = object.elements().get(key);
        return node == null ? Optional.empty() : Optional.of(node.text());
    }
}
