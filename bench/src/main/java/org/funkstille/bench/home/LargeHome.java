package org.funkstille.bench.home;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.model.Via;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Planner;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/**
 * A home with many silenced devices in one network, and a hub in another.
 *
 * @param root where the router's files are
 */
public record LargeHome(NetworkNamespace router, Path root, int devices) {

    /** Into the devices' network; the router is its first address. */
    public static final String INTERFACE = "iot0";

    public static final String ROUTER_ADDRESS = "10.20.0.1/16";

    private static final String NETWORK = "10.20.0.0/16";
    private static final long FIRST_MAC = 0x78_11_dc_00_00_00L;

    public Home home() {
        return new Home(
                List.of(new Router(
                        "home",
                        RouterType.LINUX,
                        new Via.Namespace(router.name().orElseThrow()),
                        Optional.empty(),
                        root.toString(),
                        Optional.empty())),
                List.of(
                        network("lan", "lan0", List.of(Prefix.parse("192.168.1.0/24"))),
                        network("iot", INTERFACE, List.of(Prefix.parse(NETWORK))),
                        network("internet", "wan0", List.of())),
                all(),
                JournalSettings.DEFAULT,
                false);
    }

    /** What the plan for an untouched router begins with: all rules of all devices. */
    public static Change.LayRules layRules(Home home, RouterDriver driver) throws RouterException {
        return Planner.plan(home, driver.observe()).changes().stream()
                .flatMap(change -> change instanceof Change.LayRules lay ? Stream.of(lay) : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    public RouterDriver driver() throws RouterException {
        Home home = home();
        return new Drivers(new Secrets(Map.of()), root, notice -> {}, Clock.systemUTC())
                .open(home.routers().getFirst(), home);
    }

    private static Network network(String name, String interfaceName, List<Prefix> prefixes) {
        return new Network(name, interfaceName, prefixes, Optional.empty(), Optional.empty());
    }

    public List<Device> all() {
        return IntStream.range(0, devices).mapToObj(LargeHome::device).toList();
    }

    private static Device device(int number) {
        return new Device(
                "device-" + number,
                List.of(new Mac(FIRST_MAC + number)),
                Optional.of(Addresses.parse(address(number))),
                List.of(),
                "iot",
                Optional.empty(),
                new Policy.Silent(Answer.DROP),
                List.of());
    }

    private static String address(int number) {
        return "10.20." + (1 + number / 250) + "." + (1 + number % 250);
    }

    /** The same home as its owner would write it. */
    public String yaml(Path journal) {
        String devicesText = all().stream()
                .map(device -> "  - {name: %s, mac: \"%s\", address: %s, network: iot, policy: silent, answer: drop}"
                        .formatted(
                                device.name(),
                                device.macs().getFirst(),
                                Addresses.text(device.address().orElseThrow())))
                .collect(Collectors.joining("\n"));
        return """
                routers:
                  - {name: home, type: linux, via: "netns:%s", root: %s}
                networks:
                  - {name: lan, interface: lan0, address: 192.168.1.0/24}
                  - {name: iot, interface: %s, address: %s}
                  - {name: internet, interface: wan0}
                journal: {file: %s}
                devices:
                %s
                """.formatted(router.name().orElseThrow(), root, INTERFACE, NETWORK, journal, devicesText);
    }
}
