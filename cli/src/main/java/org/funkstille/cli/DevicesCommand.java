package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Counts;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Observation;
import picocli.CommandLine.Command;

/** {@code funkstille devices}. */
@Command(name = "devices", description = "The devices of the configuration, and others that the router knows.")
final class DevicesCommand extends FunkstilleCommand {

    @Override
    int run(Output output) throws Exception {
        try (Session session = Session.open(options())) {
            Observation observation = session.driver().observe();
            JsonArray devices = JsonArray.create();
            for (Device device : session.home().devices()) {
                devices.add(document(device, observation));
                output.line(line(device, observation));
            }
            JsonArray others = JsonArray.create();
            for (Lease lease : unknown(session.home(), observation)) {
                others.add(other(lease));
                output.line("%-20s %s  %s  not in the configuration%s"
                        .formatted(
                                "?",
                                lease.mac(),
                                Addresses.text(lease.address()),
                                lease.hostName()
                                        .map(name -> ", calls itself " + printable(name))
                                        .orElse("")));
            }
            output.document(JsonObject.create().add("devices", devices).add("others", others));
            return Exit.OK;
        }
    }

    private static List<Lease> unknown(Home home, Observation observation) {
        return observation.leases().stream()
                .filter(lease -> home.deviceWith(lease.mac()).isEmpty())
                .toList();
    }

    private static String line(Device device, Observation observation) {
        Counts counts = observation.counts().getOrDefault(device.name(), Counts.ZERO);
        String addresses =
                addresses(device, observation).stream().map(Addresses::text).collect(Collectors.joining(" "));
        return "%-20s %-10s %-10s %s  %s  %d packets, %d refused%s"
                .formatted(
                        device.name(),
                        device.network(),
                        device.policy().word(),
                        device.macs().getFirst(),
                        addresses.isEmpty() ? "not seen" : addresses,
                        counts.seen(),
                        counts.refused(),
                        moved(device, observation).map(text -> "  " + text).orElse(""));
    }

    private static List<InetAddress> addresses(Device device, Observation observation) {
        return observation.addressesOf(device).stream().sorted(Addresses.ORDER).toList();
    }

    /** A device that does not have the address that is pinned for it, by its lease. */
    private static Optional<String> moved(Device device, Observation observation) {
        return device.address()
                .flatMap(pinned -> observation.leases().stream()
                        .filter(lease -> device.macs().contains(lease.mac()))
                        .filter(lease -> !lease.address().equals(pinned))
                        .map(lease -> "has " + Addresses.text(lease.address()) + " instead of the pinned "
                                + Addresses.text(pinned) + "; it gets that at its next DHCP request")
                        .findFirst());
    }

    private static JsonObject document(Device device, Observation observation) {
        Counts counts = observation.counts().getOrDefault(device.name(), Counts.ZERO);
        JsonArray macs = JsonArray.create();
        device.macs().stream().map(Mac::toString).forEach(macs::add);
        JsonArray addresses = JsonArray.create();
        addresses(device, observation).stream().map(Addresses::text).forEach(addresses::add);
        JsonObject json = JsonObject.create()
                .add("name", device.name())
                .add("macs", macs)
                .add("addresses", addresses)
                .add("network", device.network())
                .add("policy", device.policy().word())
                .add("seen", counts.seen())
                .add("refused", counts.refused());
        device.address().ifPresent(address -> json.add("pinned", Addresses.text(address)));
        device.profile().ifPresent(profile -> json.add("profile", profile.model()));
        return json;
    }

    private static JsonObject other(Lease lease) {
        JsonObject json =
                JsonObject.create().add("mac", lease.mac().toString()).add("address", Addresses.text(lease.address()));
        lease.hostName().ifPresent(name -> json.add("hostName", name));
        return json;
    }

    /** A device chooses its own name; a terminal must not obey it. */
    private static String printable(String name) {
        String harmless = name.replaceAll("[^\\x20-\\x7e]", "?");
        return harmless.length() <= 64 ? harmless : harmless.substring(0, 61) + "...";
    }
}
