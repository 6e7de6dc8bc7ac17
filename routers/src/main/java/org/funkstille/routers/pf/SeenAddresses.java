package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Neighbour;

/**
 * Remembers which IPv6 addresses restricted devices were seen with. A router forgets a neighbour that has been quiet for
 * some minutes or after a restart, and a rule that forgot with it would be open when the device speaks again.
 *
 * <p>IPv4 addresses are given out anew to others and are not remembered.
 */
public final class SeenAddresses {

    /** A temporary address is used for two days and valid for a week (RFC 8981 3.8, TEMP_VALID_LIFETIME 2 days). */
    private static final Duration KEPT = Duration.ofDays(7);

    /** A device that makes up addresses must not fill the router's tables. */
    private static final int MOST = 64;

    private final Home home;
    private final Clock clock;
    private final Map<Neighbour, Instant> seen = new LinkedHashMap<>();

    public SeenAddresses(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /**
     * Those of now, and what was seen before: by us, or by whoever filled our aliases.
     *
     * @param aliases as they stand on the router, anybody's
     */
    public List<Neighbour> with(List<Neighbour> now, List<FoundAlias> aliases) {
        Instant at = clock.instant();
        aliases.forEach(alias -> laid(alias).forEach(neighbour -> seen.putIfAbsent(neighbour, at)));
        now.stream().filter(this::counts).forEach(neighbour -> {
            // Last come, last forgotten.
            seen.remove(neighbour);
            seen.put(neighbour, at);
        });
        Set<InetAddress> held = new HashSet<>();
        now.forEach(neighbour -> held.add(neighbour.address()));
        seen.entrySet().removeIf(entry -> entry.getValue().plus(KEPT).isBefore(at));
        home.devices().forEach(this::limit);
        List<Neighbour> all = new ArrayList<>(now);
        seen.keySet().stream()
                .filter(neighbour -> !held.contains(neighbour.address()))
                .forEach(all::add);
        return all;
    }

    private void limit(Device device) {
        List<Neighbour> own = seen.keySet().stream()
                .filter(neighbour -> device.macs().contains(neighbour.mac()))
                .toList();
        own.stream().limit(Math.max(0, own.size() - MOST)).forEach(seen::remove);
    }

    private boolean counts(Neighbour neighbour) {
        return Family.of(neighbour.address()) == Family.IPV6
                && !neighbour.address().isLinkLocalAddress()
                && home.deviceWith(neighbour.mac()).filter(Device::restricted).isPresent();
    }

    /** What an alias of ours holds of a device. */
    private List<Neighbour> laid(FoundAlias alias) {
        Optional<Mac> mac = Mark.tryParse(alias.description())
                .filter(mark -> mark.purpose().isEmpty())
                .flatMap(mark -> home.device(mark.owner()))
                .map(device -> device.macs().getFirst());
        return mac.stream()
                .flatMap(holder -> alias.entries().stream()
                        .flatMap(entry -> Addresses.tryParse(entry).stream())
                        .map(address -> new Neighbour(holder, address)))
                .filter(this::counts)
                .toList();
    }
}
