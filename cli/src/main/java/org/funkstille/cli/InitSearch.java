package org.funkstille.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Observation;
import org.funkstille.discovery.devices.DeviceSearch;
import org.funkstille.discovery.draft.DnsmasqConfiguration;
import org.funkstille.discovery.draft.DraftNetwork;
import org.funkstille.discovery.draft.DraftNetworks;
import org.funkstille.discovery.draft.HomeDraft;
import org.funkstille.discovery.draft.RouterDetails;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.discovery.network.OwnAddress;
import org.funkstille.discovery.network.OwnInterface;
import org.funkstille.discovery.network.Surroundings;
import org.funkstille.discovery.network.SurroundingsReader;
import org.funkstille.discovery.routers.FoundRouter;
import org.funkstille.discovery.routers.RouterSearch;
import org.funkstille.guard.StateFolder;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/** Finds the router, asks it where it lets us in already, finds the devices, and puts all of it into a draft. */
final class InitSearch {

    private static final Duration ROUTERS = Duration.ofMillis(3200);
    private static final Duration DEVICES = Duration.ofSeconds(2);

    private final NetworkNamespace namespace;
    private final InitWish wish;
    private final Profiles profiles;
    private final Map<String, String> environment;
    private final Output output;

    InitSearch(
            NetworkNamespace namespace,
            InitWish wish,
            Profiles profiles,
            Map<String, String> environment,
            Output output) {
        this.namespace = namespace;
        this.wish = wish;
        this.profiles = profiles;
        this.environment = Map.copyOf(environment);
        this.output = output;
    }

    HomeDraft run() throws IOException, InterruptedException {
        Surroundings here = new SurroundingsReader(namespace).read();
        output.progress("looking for the router ...");
        List<FoundRouter> routers = routers(here);
        HomeDraft draft = new HomeDraft(
                routers, details(routers), ownAddress(here, routers), networks(here, routers), List.of(), profiles);
        Optional<Observation> observation = ask(draft);
        output.progress("looking for devices ...");
        DeviceSearch.Known known = observation
                .map(seen -> new DeviceSearch.Known(seen.leases(), seen.neighbours(), seen.ownAddresses()))
                .orElse(DeviceSearch.Known.NOTHING);
        return draft.with(
                told(draft, observation), new DeviceSearch(namespace).find(here, known, Deadline.in(DEVICES)));
    }

    private List<FoundRouter> routers(Surroundings here) throws IOException, InterruptedException {
        if (wish.via().isPresent()) {
            InetAddress address = wish.gateway()
                    .or(() -> here.gateways().stream().findFirst().map(one -> one.address()))
                    .orElseGet(InetAddress::getLoopbackAddress);
            return List.of(FoundRouter.told(
                    wish.type().orElse(RouterType.LINUX), address, wish.via().get()));
        }
        return new RouterSearch(namespace)
                .find(here, new RouterSearch.Wish(wish.gateway(), wish.type()), Deadline.in(ROUTERS));
    }

    /** What the owner said; what a router on this machine has; what this machine sees. */
    private List<DraftNetwork> networks(Surroundings here, List<FoundRouter> routers)
            throws IOException, InterruptedException {
        if (!wish.networks().isEmpty()) {
            return wish.networks();
        }
        Optional<NetworkNamespace> within = routers.stream().findFirst().flatMap(this::within);
        if (within.isEmpty()) {
            return DraftNetworks.around(here, routers.stream().findFirst().map(FoundRouter::address));
        }
        List<AddressRange> pools = dnsmasq().pools();
        return DraftNetworks.ofRouter(new SurroundingsReader(within.get()).read()).stream()
                .map(network -> network.withPoolOf(pools))
                .toList();
    }

    private DnsmasqConfiguration dnsmasq() {
        return DnsmasqConfiguration.below(Path.of(wish.details().root().orElse("/")));
    }

    /** Where the files of a router on this machine are not in their usual places, its dnsmasq's are named. */
    private RouterDetails details(List<FoundRouter> routers) {
        boolean elsewhere = wish.details().root().isPresent()
                && routers.stream().findFirst().flatMap(this::within).isPresent();
        return elsewhere ? wish.details().with(dnsmasq().files()) : wish.details();
    }

    /** The namespace of a router that is on this machine. */
    private Optional<NetworkNamespace> within(FoundRouter router) {
        return router.via()
                .flatMap(via -> via.equals("local")
                        ? Optional.of(namespace)
                        : Optional.of(via)
                                .filter(text -> text.startsWith("netns:"))
                                .map(text -> NetworkNamespace.named(text.substring("netns:".length()))));
    }

    private static Optional<InetAddress> ownAddress(Surroundings here, List<FoundRouter> routers) {
        return routers.stream()
                .findFirst()
                .flatMap(router -> here.interfaces().stream()
                        .map(OwnInterface::ipv4)
                        .flatMap(Optional::stream)
                        .filter(own -> own.network().contains(router.address()))
                        .findFirst())
                .map(OwnAddress::address);
    }

    /** A router that tells its networks knows better than we do from outside. */
    private List<DraftNetwork> told(HomeDraft draft, Optional<Observation> observation) {
        boolean guessed = draft.networks().stream().anyMatch(DraftNetwork::guessed);
        List<DraftNetwork> told = observation
                .filter(seen -> guessed)
                .map(Observation::ownPrefixes)
                .map((Map<String, List<Prefix>> prefixes) -> DraftNetworks.told(prefixes))
                .orElse(List.of());
        return told.isEmpty() ? draft.networks() : told;
    }

    /** Its leases, neighbours and networks; nothing where it does not let us in, which is said. */
    private Optional<Observation> ask(HomeDraft draft) throws InterruptedException {
        if (!letsUsIn(draft)) {
            return Optional.empty();
        }
        if (!(HomeReader.read("draft", draft.text(), profiles) instanceof Reading.Good<Home>(Home home))) {
            return Optional.empty();
        }
        output.progress("asking the router ...");
        Drivers drivers = new Drivers(
                new Secrets(environment),
                StateFolder.of(home, environment).folder(),
                output::message,
                Clock.systemUTC());
        try (RouterDriver driver = drivers.open(home.routers().getFirst(), home)) {
            return Optional.of(driver.observe());
        } catch (RouterException | Secrets.Unreadable failed) {
            output.message("the router could not be asked for its leases: " + failed.getMessage()
                    + "; going on with what this machine sees");
            return Optional.empty();
        }
    }

    private boolean letsUsIn(HomeDraft draft) {
        Optional<FoundRouter> router = draft.router().filter(FoundRouter::driven);
        if (router.isEmpty()) {
            return false;
        }
        return switch (router.get().type().orElseThrow()) {
            case LINUX -> within(router.get()).isPresent() || wish.via().isPresent();
            case PFSENSE, OPNSENSE -> set("FUNKSTILLE_KEY");
            case FRITZBOX -> set("FUNKSTILLE_PASSWORD") && wish.details().user().isPresent();
            case OPENWRT, IPFIRE, MIKROTIK, UNIFI -> false;
        };
    }

    private boolean set(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }
}
