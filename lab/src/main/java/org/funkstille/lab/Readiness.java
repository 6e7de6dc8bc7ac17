package org.funkstille.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.device.Caller;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.device.Station;
import org.funkstille.lab.network.Waiting;
import org.funkstille.lab.router.Router;

/** Waits until every host of a lab is what it should be. */
final class Readiness {

    private record Need(String host, String what, Waiting.Condition<IOException> condition) {}

    private final List<Need> needs = new ArrayList<>();

    /** Its MAC address stands in the router's lease file. */
    Readiness lease(Router router, Station station) {
        return need(station, "a DHCP lease", () -> hasLease(router, station.mac()));
    }

    Readiness ipv4(Station station) {
        return need(station, "an IPv4 address", () -> station.address().isPresent());
    }

    /** One address in each of the prefixes that the router announces. */
    Readiness ipv6(Station station) {
        return need(station, "its IPv6 addresses", () -> station.addresses6().size() >= 2);
    }

    Readiness calls(Station station, Caller caller) {
        return need(station, "an answer from the cloud", () -> caller.calls().answers() > 0);
    }

    Readiness hears(Hub hub) {
        return need(hub, "a report of the gateway", () -> hub.reports().reports() > 0);
    }

    private Readiness need(Station station, String what, Waiting.Condition<IOException> condition) {
        needs.add(new Need(station.host().name().text(), what, condition));
        return this;
    }

    private static boolean hasLease(Router router, Mac mac) throws IOException {
        return router.leases().stream()
                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(mac.toString()));
    }

    /** @throws IOException that names what is missing where */
    void await(Duration patience) throws IOException, InterruptedException {
        List<Need> open = new ArrayList<>(needs);
        boolean ready = Waiting.<IOException>until(
                () -> {
                    for (Need need : List.copyOf(open)) {
                        if (need.condition().holds()) {
                            open.remove(need);
                        }
                    }
                    return open.isEmpty();
                },
                patience);
        if (!ready) {
            throw new IOException("the lab is not ready after %d s: %s"
                    .formatted(
                            patience.toSeconds(),
                            open.stream()
                                    .map(need -> need.host() + " has not got " + need.what())
                                    .collect(Collectors.joining(", "))));
        }
    }
}
