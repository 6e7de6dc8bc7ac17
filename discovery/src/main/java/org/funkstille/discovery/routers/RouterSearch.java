package org.funkstille.discovery.routers;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.model.RouterType;
import org.funkstille.discovery.network.Datagrams;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.discovery.network.Gateway;
import org.funkstille.discovery.network.OwnAddress;
import org.funkstille.discovery.network.OwnInterface;
import org.funkstille.discovery.network.PlainText;
import org.funkstille.discovery.network.Surroundings;
import org.funkstille.kernel.NetworkNamespace;

/** Finds the routers of the house: this machine, its gateways, and those that announce themselves. */
public final class RouterSearch {

    /** Whoever names more is not believed. */
    private static final int MOST_ROUTERS = 8;

    private static final Duration SSDP_LIMIT = Duration.ofMillis(1200);

    private final NetworkNamespace namespace;
    private final RouterProbe probe;

    public RouterSearch(NetworkNamespace namespace) {
        this(namespace, Ports.USUAL);
    }

    public RouterSearch(NetworkNamespace namespace, Ports ports) {
        this.namespace = namespace;
        this.probe = new RouterProbe(namespace, ports);
    }

    /**
     * What the owner said.
     *
     * @param address of the router; nothing: look for it
     * @param type what it is; nothing: look at it
     */
    public record Wish(Optional<InetAddress> address, Optional<RouterType> type) {

        public static final Wish NONE = new Wish(Optional.empty(), Optional.empty());
    }

    /** @return the likeliest first; with an address wished for, that one alone */
    public List<FoundRouter> find(Surroundings surroundings, Wish wish, Deadline deadline)
            throws IOException, InterruptedException {
        try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                return find(tasks, surroundings, wish, deadline);
            } finally {
                tasks.shutdownNow();
            }
        }
    }

    private List<FoundRouter> find(ExecutorService tasks, Surroundings surroundings, Wish wish, Deadline deadline)
            throws IOException, InterruptedException {
        Map<InetAddress, SsdpSearch.Place> announced = announced(surroundings, deadline.orIn(SSDP_LIMIT));
        List<Future<RouterClues>> looks = new ArrayList<>();
        for (RouterProbe.Target target : targets(surroundings, wish, announced)) {
            looks.add(tasks.submit(() -> probe.look(tasks, target, deadline)));
        }
        List<FoundRouter> found = new ArrayList<>();
        if (isRouter(surroundings) && wish.address().isEmpty()) {
            found.add(thisMachine(surroundings));
        }
        for (Future<RouterClues> look : looks) {
            RouterClues clues = result(look);
            Optional<RouterType> type = found.isEmpty() ? wish.type() : Optional.empty();
            found.add(
                    type.map(named -> RouterRecognition.as(named, clues)).orElseGet(() -> RouterRecognition.of(clues)));
        }
        return inOrder(found, wish);
    }

    /** Where the owner names a type, routers of that type come first. */
    private static List<FoundRouter> inOrder(List<FoundRouter> found, Wish wish) {
        return Stream.concat(
                        found.stream()
                                .filter(router ->
                                        wish.type().isEmpty() || router.type().equals(wish.type())),
                        found.stream()
                                .filter(router -> wish.type().isPresent()
                                        && !router.type().equals(wish.type())))
                .toList();
    }

    private Map<InetAddress, SsdpSearch.Place> announced(Surroundings surroundings, Deadline deadline)
            throws IOException, InterruptedException {
        List<OwnInterface> interfaces = surroundings.interfaces().stream()
                .filter(OwnInterface::leadsToPeople)
                .toList();
        Map<InetAddress, SsdpSearch.Place> announced = new LinkedHashMap<>();
        if (interfaces.isEmpty()) {
            return announced;
        }
        try (Datagrams datagrams = Datagrams.open(namespace, interfaces, SsdpSearch.TIME_TO_LIVE)) {
            for (SsdpSearch.Place place : SsdpSearch.ask(datagrams, deadline).values()) {
                // A FRITZ!Box answers to both names; what it says as TR-064 is the fuller.
                announced.merge(
                        place.server().getAddress(),
                        place,
                        (one, other) -> one.path().contains("tr64") ? one : other);
            }
        }
        return announced;
    }

    private static List<RouterProbe.Target> targets(
            Surroundings surroundings, Wish wish, Map<InetAddress, SsdpSearch.Place> announced) {
        Set<InetAddress> gateways = surroundings.gateways().stream()
                .map(Gateway::address)
                // A link-local address is of no use in a configuration; its router has another one, too.
                .filter(address -> !address.isLinkLocalAddress())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<InetAddress> addresses =
                new LinkedHashSet<>(wish.address().map(Set::of).orElse(gateways));
        if (wish.address().isEmpty()) {
            announced.keySet().stream()
                    .filter(address -> gateways.contains(address) || surroundings.isOnLink(address))
                    .forEach(addresses::add);
        }
        return addresses.stream()
                .limit(MOST_ROUTERS)
                .map(address -> new RouterProbe.Target(
                        address,
                        surroundings.macOf(address),
                        gateways.contains(address),
                        Optional.ofNullable(announced.get(address))))
                .toList();
    }

    /** It forwards, and somebody lives behind an interface that does not lead out. */
    private static boolean isRouter(Surroundings surroundings) {
        return surroundings.forwards()
                && surroundings.inside().stream()
                        .flatMap(one -> one.ipv4().stream())
                        .anyMatch(own -> surroundings.neighbours().stream()
                                .anyMatch(neighbour -> own.network().contains(neighbour.address())));
    }

    private static FoundRouter thisMachine(Surroundings surroundings) {
        List<String> evidence = new ArrayList<>(List.of("this machine forwards packets (net.ipv4.ip_forward is 1)"));
        surroundings
                .inside()
                .forEach(one -> evidence.add("others live behind its interface " + PlainText.of(one.name(), 15) + ", "
                        + one.ipv4().map(own -> own.network().toString()).orElse("")));
        return new FoundRouter(
                Optional.of(RouterType.LINUX),
                "Linux, this machine",
                surroundings.inside().getFirst().ipv4().map(OwnAddress::address).orElseThrow(),
                Optional.of("local"),
                Optional.empty(),
                evidence,
                List.of("Run Funkstille as root."));
    }

    private static RouterClues result(Future<RouterClues> look) throws InterruptedException {
        try {
            return look.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("looking at a router", failed.getCause());
        }
    }
}
