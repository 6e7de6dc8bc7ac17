package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.network.Host;
import org.funkstille.lab.network.Segment;
import org.funkstille.lab.router.Router;

/** The devices that the box ever saw: from its leases, its neighbours and its configuration. */
final class LanDevices {

    private static final int FIRST_UID = 1001;
    private static final List<String> LEGS = List.of(Segment.LAN.routerInterface(), Segment.IOT.routerInterface());

    private final Router router;
    private final Host host;
    private final Configuration configuration;
    private final Map<Mac, LanDevice> known = new LinkedHashMap<>();
    private long changes;

    LanDevices(Router router, Host host, Configuration configuration) {
        this.router = router;
        this.host = host;
        this.configuration = configuration;
    }

    /** As a line of dnsmasq's lease file has it: expiry, MAC, address, name or {@code *}. */
    private record Lease(Mac mac, InetAddress address, String name, long expiry) {

        static Optional<Lease> parse(String line) {
            String[] parts = line.split(" ");
            if (parts.length < 4 || !parts[0].matches("[0-9]{1,12}")) {
                return Optional.empty();
            }
            return Mac.tryParse(parts[1])
                    .flatMap(mac -> Addresses.tryParse(parts[2])
                            .map(address -> new Lease(mac, address, parts[3], Long.parseLong(parts[0]))));
        }
    }

    /** All of them as they are now, in the order in which they came. */
    synchronized List<LanDevice> all() throws IOException, InterruptedException {
        Map<Mac, LanDevice> before = Map.copyOf(known);
        List<Lease> leases = router.leases().stream()
                .map(Lease::parse)
                .flatMap(Optional::stream)
                .toList();
        List<Sighting> sightings = Sighting.all(host, LEGS);
        for (Mac mac : configuration.settled()) {
            configuration
                    .settings(mac)
                    .reserved()
                    .ifPresent(address -> known.computeIfAbsent(mac, _ -> absent(mac, address)));
        }
        leases.forEach(lease -> known.computeIfAbsent(lease.mac, mac -> absent(mac, lease.address)));
        sightings.forEach(sighting -> known.computeIfAbsent(sighting.mac(), mac -> absent(mac, sighting.address())));
        known.replaceAll((_, device) -> now(device, leases, sightings));
        if (!unchanging(before).equals(unchanging(known))) {
            changes++;
        }
        return List.copyOf(known.values());
    }

    private LanDevice absent(Mac mac, InetAddress address) {
        return new LanDevice(
                "landevice" + (FIRST_UID + known.size()), mac, "", address, false, isWifi(address), false, 0);
    }

    private LanDevice now(LanDevice device, List<Lease> leases, List<Sighting> sightings) {
        Optional<Lease> lease =
                leases.stream().filter(one -> one.mac.equals(device.mac())).findFirst();
        Optional<Sighting> sighting = sightings.stream()
                .filter(one -> one.mac().equals(device.mac()))
                .min(Comparator.comparing((Sighting one) -> !one.sure()).thenComparingLong(Sighting::seconds));
        InetAddress address = sighting.filter(Sighting::sure)
                .map(Sighting::address)
                .or(() -> lease.map(Lease::address))
                .or(() -> sighting.map(Sighting::address))
                .orElse(device.ip());
        boolean leased = lease.filter(one -> one.address.equals(address)).isPresent();
        long seconds = lease.map(one -> Math.max(0, one.expiry - Instant.now().getEpochSecond()))
                .orElse(0L);
        return new LanDevice(
                device.uid(),
                device.mac(),
                name(device.mac(), lease, address),
                address,
                lease.isPresent() || sighting.isPresent(),
                isWifi(address),
                leased || configuration.settings(device.mac()).reserved().isPresent(),
                leased ? seconds : 0);
    }

    /** A device without a name is called after its address. */
    private String name(Mac mac, Optional<Lease> lease, InetAddress address) {
        return configuration
                .settings(mac)
                .name()
                .or(() -> lease.map(Lease::name).filter(name -> !name.equals("*")))
                .orElse("PC-" + Addresses.text(address).replace('.', '-'));
    }

    /** In this home the small devices are on Wi-Fi, the others on a cable. */
    private static boolean isWifi(InetAddress address) {
        return Addresses.text(address).startsWith(Segment.IOT.ipv4(0).replaceFirst("0$", ""));
    }

    private static Set<List<Object>> unchanging(Map<Mac, LanDevice> devices) {
        return Set.copyOf(devices.values().stream()
                .map(device -> List.<Object>of(device.mac(), device.name(), device.ip(), device.active()))
                .toList());
    }

    /** The one that has this address; of several the one that is there. */
    Optional<LanDevice> byAddress(String ip) throws IOException, InterruptedException {
        return all().stream()
                .filter(device -> device.ipText().equals(ip))
                .min(Comparator.comparing(device -> !device.active()));
    }

    synchronized Optional<LanDevice> byMac(Mac mac) throws IOException, InterruptedException {
        all();
        return Optional.ofNullable(known.get(mac));
    }

    Optional<LanDevice> byUid(String uid) throws IOException, InterruptedException {
        return all().stream().filter(device -> device.uid().equals(uid)).findFirst();
    }

    /** Goes up whenever a host came, went or changed. */
    synchronized long changes() throws IOException, InterruptedException {
        all();
        return changes;
    }
}
