package org.funkstille.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;

/** A router and a device in network namespaces of their own, joined by a cable; gone after {@link #remove}. */
final class HomeNetwork {

    static final Mac DEVICE_MAC = Mac.parse("78:11:dc:12:34:56");
    static final String DEVICE = "192.168.20.50";
    static final String DEVICE6 = "fd00:20::50";
    static final String ROUTER = "192.168.20.1";
    static final String ROUTER6 = "fd00:20::1";
    static final String OUTSIDE = "192.0.2.1";
    static final String OUTSIDE6 = "2001:db8::1";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String RULES = """
            table inet funkstille {
                counter refused { }
                chain forward {
                    type filter hook forward priority -5; policy accept;
                    iifname iot0 counter name refused log group 5 drop
                }
                chain input {
                    type filter hook input priority -5; policy accept;
                    ct state new counter
                    udp dport 9 counter name refused log group 5 drop
                }
                chain output {
                    type filter hook output priority -5; policy accept;
                    udp sport 53 log group 6
                }
            }
            """;

    private final String name = "fk-ev-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final List<String> made = new ArrayList<>();

    static HomeNetwork build() throws Exception {
        HomeNetwork home = new HomeNetwork();
        try {
            home.make(home.routerName());
            home.make(home.deviceName());
            home.connect();
            return home;
        } catch (Throwable failure) {
            home.remove();
            throw failure;
        }
    }

    private void make(String namespace) throws Exception {
        assumeTrue(Command.of("ip", "netns", "add", namespace).run().ok(), "needs root and network namespaces");
        made.add(namespace);
    }

    private void connect() throws Exception {
        ip(routerName(), "link add iot0 type veth peer name eth0 address " + DEVICE_MAC + " netns " + deviceName());
        ip(routerName(), "link add wan0 type veth peer name modem0");
        ip(routerName(), "addr add " + ROUTER + "/24 dev iot0");
        ip(routerName(), "addr add " + ROUTER6 + "/64 dev iot0 nodad");
        ip(routerName(), "addr add 192.0.2.254/24 dev wan0");
        ip(routerName(), "addr add 2001:db8::fe/64 dev wan0 nodad");
        ip(deviceName(), "addr add " + DEVICE + "/24 dev eth0");
        ip(deviceName(), "addr add " + DEVICE6 + "/64 dev eth0 nodad");
        for (String link : List.of("lo", "iot0", "wan0", "modem0")) {
            ip(routerName(), "link set " + link + " up");
        }
        ip(deviceName(), "link set lo up");
        ip(deviceName(), "link set eth0 up");
        ip(deviceName(), "route add default via " + ROUTER);
        ip(deviceName(), "-6 route add default via " + ROUTER6);
        onRouter(
                "sysctl",
                "-qw",
                "net.ipv4.ip_forward=1",
                "net.ipv6.conf.all.forwarding=1",
                "net.netfilter.nf_conntrack_acct=1");
        assertThat(Command.of("ip", "netns", "exec", routerName(), "nft", "-f", "-")
                        .withInput(RULES)
                        .run()
                        .err())
                .isEmpty();
    }

    private static void ip(String namespace, String arguments) throws Exception {
        run(concat(List.of("ip", "-n", namespace), Arrays.asList(arguments.split(" "))));
    }

    String onRouter(String... argv) throws Exception {
        return run(concat(List.of("ip", "netns", "exec", routerName()), List.of(argv)));
    }

    /** What the program says does not matter: pings are refused. */
    void onDevice(String... argv) throws Exception {
        Command.of(concat(List.of("ip", "netns", "exec", deviceName()), List.of(argv)))
                .run();
    }

    private static String run(List<String> argv) throws Exception {
        Command.Result result = Command.of(argv).run();
        assertThat(result.ok()).as(argv + ": " + result.err()).isTrue();
        return result.out();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> whole = new ArrayList<>(first);
        whole.addAll(second);
        return whole;
    }

    /** UDP packets of the device, each from a port of its own where {@code ports} is more than 1. */
    void send(String address, int port, byte[] content, int packets, int ports) throws Exception {
        device().call(() -> {
            List<DatagramChannel> channels = new ArrayList<>();
            try {
                for (int count = 0; count < ports; count++) {
                    channels.add(DatagramChannel.open().bind(new InetSocketAddress("::", 0)));
                }
                InetSocketAddress target = new InetSocketAddress(address, port);
                for (int count = 0; count < packets; count++) {
                    channels.get(count % ports).send(ByteBuffer.wrap(content), target);
                }
            } finally {
                for (DatagramChannel channel : channels) {
                    channel.close();
                }
            }
            return true;
        });
    }

    void send(String address, int port, byte[] content) throws Exception {
        send(address, port, content, 1, 1);
    }

    /** Packets that the rules refused, as the packet filter counts them. */
    long refused() throws Exception {
        String listing = onRouter("nft", "list", "counter", "inet", "funkstille", "refused");
        return Long.parseLong(listing.replaceAll("(?s).*packets ([0-9]+).*", "$1"));
    }

    NetworkNamespace router() {
        return NetworkNamespace.named(routerName());
    }

    NetworkNamespace device() {
        return NetworkNamespace.named(deviceName());
    }

    private String routerName() {
        return name + "r";
    }

    private String deviceName() {
        return name + "d";
    }

    void remove() throws Exception {
        for (String namespace : made) {
            Command.of("ip", "netns", "del", namespace).run();
        }
    }
}
