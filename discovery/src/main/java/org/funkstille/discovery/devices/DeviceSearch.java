package org.funkstille.discovery.devices;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Neighbour;
import org.funkstille.discovery.network.Datagrams;
import org.funkstille.discovery.network.Deadline;
import org.funkstille.discovery.network.OwnInterface;
import org.funkstille.discovery.network.Surroundings;
import org.funkstille.discovery.network.SurroundingsReader;
import org.funkstille.kernel.NetworkNamespace;

/** Finds the devices of the house: those that the router knows, those that this machine knows, those that answer. */
public final class DeviceSearch {

    /** More than any home has. */
    private static final int MOST_CANDIDATES = 2048;

    private final NetworkNamespace namespace;
    private final Recognition recognition = new Recognition(Vendors.known());
    private final MiioHello hello = new MiioHello(MiioHello.PORT);

    public DeviceSearch(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /**
     * What the router said, where it could be asked.
     *
     * @param own the addresses that the router itself holds
     */
    public record Known(List<Lease> leases, List<Neighbour> neighbours, Set<InetAddress> own) {

        public static final Known NOTHING = new Known(List.of(), List.of(), Set.of());

        public Known {
            leases = List.copyOf(leases);
            neighbours = List.copyOf(neighbours);
            own = Set.copyOf(own);
        }
    }

    /** @return in the order of how sure it is, then by MAC address; without this machine and its gateways */
    public List<FoundDevice> find(Surroundings surroundings, Known known, Deadline deadline)
            throws IOException, InterruptedException {
        List<OwnInterface> interfaces = surroundings.interfaces().stream()
                .filter(OwnInterface::leadsToPeople)
                .toList();
        Map<InetAddress, Long> greeted;
        Map<InetAddress, Set<MdnsService>> services;
        try (Datagrams greetings = Datagrams.open(namespace, interfaces, 1);
                Datagrams questions = Datagrams.open(namespace, interfaces, MdnsQuery.TIME_TO_LIVE)) {
            FutureTask<Map<InetAddress, Set<MdnsService>>> question =
                    new FutureTask<>(() -> MdnsQuery.ask(questions, deadline));
            Thread asking = Thread.startVirtualThread(question);
            greeted = hello.ask(greetings, candidates(surroundings, known), deadline);
            asking.join();
            services = question.state() == Future.State.SUCCESS ? question.resultNow() : Map.of();
        }
        Sightings sightings = new Sightings();
        known.leases().forEach(sightings::lease);
        known.neighbours().forEach(sightings::neighbour);
        // Read again: those who answered just now are in it.
        new SurroundingsReader(namespace).neighbours().forEach(sightings::neighbour);
        greeted.forEach(sightings::greeted);
        services.forEach(sightings::announced);
        return recognise(sightings, notDevices(surroundings, known, sightings));
    }

    private static Set<InetAddress> candidates(Surroundings surroundings, Known known) {
        Set<InetAddress> own = surroundings.ownAddresses();
        return Stream.of(
                        known.leases().stream().map(Lease::address),
                        known.neighbours().stream().map(Neighbour::address),
                        surroundings.neighbours().stream().map(Neighbour::address))
                .flatMap(addresses -> addresses)
                .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
                .filter(address -> !own.contains(address))
                .distinct()
                .sorted(Addresses.ORDER)
                .limit(MOST_CANDIDATES)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** This machine, the router, and what else is a way out. */
    private static Set<Mac> notDevices(Surroundings surroundings, Known known, Sightings sightings) {
        Set<Mac> macs = new HashSet<>(surroundings.ownMacs());
        surroundings.gateways().forEach(gateway -> gateway.mac().ifPresent(macs::add));
        surroundings
                .gateways()
                .forEach(gateway -> sightings.holderOf(gateway.address()).ifPresent(macs::add));
        known.own().forEach(address -> sightings.holderOf(address).ifPresent(macs::add));
        return macs;
    }

    private List<FoundDevice> recognise(Sightings sightings, Set<Mac> notDevices) {
        return sightings.all().stream()
                .filter(signs -> !notDevices.contains(signs.mac()))
                .filter(DeviceSearch::isOfTheHouse)
                .map(recognition::of)
                .sorted(Comparator.comparing(FoundDevice::confidence).thenComparing(FoundDevice::mac))
                .toList();
    }

    /** The router's neighbours on the side of the provider are none of ours. */
    private static boolean isOfTheHouse(Signs signs) {
        List<InetAddress> ipv4 = signs.addresses().stream()
                .filter(address -> address instanceof Inet4Address)
                .toList();
        return ipv4.isEmpty() || ipv4.stream().anyMatch(InetAddress::isSiteLocalAddress);
    }
}
