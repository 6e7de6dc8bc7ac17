package org.funkstille.lab.kernelproof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.core.net.Prefix;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.proof.house.House;

/**
 * A router between a device and the internet, made of three network namespaces. Nothing in it answers or resolves
 * anything of itself: no neighbour discovery, no router advertisements, no addresses but the router's.
 */
final class Rig implements AutoCloseable {

    static final String DEVICE_SIDE = "iot0";
    static final String HOME_SIDE = "lan0";
    static final String INTERNET_SIDE = "wan0";

    /** The card of the router that the device's frames go to. */
    static final long ROUTER_MAC = 0x020000001401L;

    static final House HOUSE = new House(
            List.of(
                    new House.Leg("iot", DEVICE_SIDE, prefixes("192.168.20.0/24", "fd00:20::/64", "2001:db8:20::/64")),
                    new House.Leg("lan", HOME_SIDE, prefixes("192.168.10.0/24", "fd00:10::/64"))),
            List.of(INTERNET_SIDE));

    private static final String PREFIX = "kernelproof-";
    private static final Path NAMED = Path.of("/run/netns");

    /** Without ARP a frame finds its neighbour at once: with the card's own address, and nobody minds. */
    private static final String ROUTER = """
            link set dev lo up
            link set dev iot0 arp off up
            link set dev lan0 arp off up
            link set dev wan0 arp off up
            addr add 192.168.20.1/24 broadcast 192.168.20.255 dev iot0
            addr add 192.168.10.1/24 broadcast 192.168.10.255 dev lan0
            addr add 198.51.100.2/24 broadcast 198.51.100.255 dev wan0
            addr add fd00:20::1/64 dev iot0 nodad
            addr add 2001:db8:20::1/64 dev iot0 nodad
            addr add fe80::1/64 dev iot0 nodad
            addr add fd00:10::1/64 dev lan0 nodad
            addr add 2001:db8:ff::2/64 dev wan0 nodad
            route add default via 198.51.100.1 dev wan0
            route add ::/0 via 2001:db8:ff::1 dev wan0
            """;

    /** Sysctls of the router, below {@code /proc/sys/net}, before its cards exist; later ones for the cards. */
    private static final List<String> SETTINGS = List.of(
            "ipv4/ip_forward=1",
            "ipv6/conf/all/forwarding=1",
            "ipv4/conf/all/rp_filter=0",
            "ipv4/conf/default/rp_filter=0",
            "ipv4/conf/all/send_redirects=0",
            "ipv4/conf/default/send_redirects=0",
            "ipv4/icmp_ratelimit=0",
            "ipv6/icmp/ratelimit=0",
            "ipv6/conf/default/accept_dad=0",
            "ipv6/conf/default/accept_ra=0",
            "ipv6/conf/default/addr_gen_mode=1",
            "ipv6/conf/default/router_solicitations=0");

    private final String name;

    private Rig(String name) {
        this.name = name;
    }

    static Rig build() throws Exception {
        removeLeftBehind();
        Rig rig = new Rig(PREFIX + ProcessHandle.current().pid());
        try {
            ip("""
            netns add %1$s-device
            netns add %1$s-router
            netns add %1$s-outside
            """.formatted(rig.name));
            for (String host : List.of("device", "outside")) {
                rig.set(
                        rig.namespace(host),
                        List.of("ipv6/conf/all/disable_ipv6=1", "ipv6/conf/default/disable_ipv6=1"));
            }
            rig.set(rig.router(), SETTINGS);
            ip("""
            link add name iot0 netns %1$s-router address 02:00:00:00:14:01 type veth peer name dev0 netns %1$s-device
            link add name lan0 netns %1$s-router address 02:00:00:00:0a:01 type veth peer name home0 netns %1$s-outside
            link add name wan0 netns %1$s-router address 02:00:00:00:ff:01 type veth peer name net0 netns %1$s-outside
            link add name mark0 netns %1$s-device type veth peer name mark1 netns %1$s-outside
            """.formatted(rig.name));
            rig.ip("device", "link set dev dev0 arp off up\nlink set dev mark0 arp off up\n");
            rig.ip(
                    "outside",
                    "link set dev home0 arp off up\nlink set dev net0 arp off up\nlink set dev mark1 arp off up\n");
            rig.ip("router", ROUTER);
            return rig;
        } catch (Exception | AssertionError failed) {
            rig.close();
            throw failed;
        }
    }

    NetworkNamespace device() {
        return namespace("device");
    }

    NetworkNamespace router() {
        return namespace("router");
    }

    NetworkNamespace outside() {
        return namespace("outside");
    }

    /** The name that {@code ip netns exec} takes. */
    String routerName() {
        return name + "-router";
    }

    private NetworkNamespace namespace(String host) {
        return NetworkNamespace.named(name + "-" + host);
    }

    private void ip(String host, String lines) throws IOException, InterruptedException {
        run(Command.of("ip", "-netns", name + "-" + host, "-batch", "-").withInput(lines));
    }

    private static void ip(String lines) throws IOException, InterruptedException {
        run(Command.of("ip", "-batch", "-").withInput(lines));
    }

    private static void run(Command command) throws IOException, InterruptedException {
        Command.Result result = command.run();
        if (!result.ok()) {
            throw new IOException(String.join(" ", command.argv()) + ": " + result.err() + "\n" + command.input());
        }
    }

    private void set(NetworkNamespace where, List<String> settings) throws Exception {
        where.call(() -> {
            for (String setting : settings) {
                String[] parts = setting.split("=", 2);
                Files.writeString(Path.of("/proc/sys/net", parts[0]), parts[1]);
            }
            return settings.size();
        });
    }

    /** Also what was built only in part. */
    @Override
    public void close() throws IOException {
        try {
            remove(name);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes away the rigs of processes that were killed. */
    private static void removeLeftBehind() throws IOException, InterruptedException {
        List<String> rigs;
        try (Stream<Path> files = Files.isDirectory(NAMED) ? Files.list(NAMED) : Stream.empty()) {
            rigs = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(PREFIX + "[0-9]+-[a-z]+"))
                    .map(file -> file.substring(0, file.lastIndexOf('-')))
                    .distinct()
                    .toList();
        }
        for (String rig : rigs) {
            if (ProcessHandle.of(Long.parseLong(rig.substring(PREFIX.length()))).isEmpty()) {
                remove(rig);
            }
        }
    }

    private static void remove(String rig) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String host : List.of("device", "router", "outside")) {
            if (Files.exists(NAMED.resolve(rig + "-" + host))) {
                lines.add("netns del " + rig + "-" + host + "\n");
            }
        }
        if (!lines.isEmpty()) {
            ip(lines.stream().collect(Collectors.joining()));
        }
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }
}
