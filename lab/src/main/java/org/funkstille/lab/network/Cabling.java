package org.funkstille.lab.network;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host.Setting;

/** Makes the hosts of a virtual home and the cables between them, and takes them away again. No address is set here. */
public final class Cabling {

    /** What every host wants: an address is of use at once, without the second that RFC 4862 5.4 waits for an owner. */
    private static final List<Setting> EVERYWHERE = List.of(
            new Setting("ipv6/conf/default/accept_dad", "0"),
            new Setting("ipv6/conf/default/dad_transmits", "0"),
            new Setting("ipv6/conf/default/router_solicitation_delay", "0"),
            new Setting("ipv6/conf/default/router_solicitation_interval", "1"),
            new Setting("ipv6/conf/default/router_solicitation_max_interval", "1"),
            new Setting("ipv6/conf/default/use_tempaddr", "0"),
            new Setting("ipv4/ping_group_range", "0 2147483647"));

    private static final List<Setting> ROUTER = List.of(
            new Setting("ipv4/ip_forward", "1"),
            new Setting("ipv6/conf/all/forwarding", "1"),
            new Setting("ipv6/conf/default/forwarding", "1"),
            new Setting("netfilter/nf_conntrack_acct", "1"));

    private static final List<Setting> CLOUD = List.of(new Setting("ipv6/conf/default/accept_ra", "0"));
    private static final List<Setting> SWITCH = List.of(new Setting("ipv6/conf/default/disable_ipv6", "1"));

    private final LabName lab;

    public Cabling(LabName lab) {
        this.lab = lab;
    }

    public void build() throws IOException, InterruptedException {
        batch(Arrays.stream(HostName.values()).map(host -> "netns add " + lab.namespaceName(host)));
        for (HostName name : HostName.values()) {
            configure(new Host(lab, name)); // before its interfaces come, which take the defaults over
        }
        batch(cables().stream());
        new Host(lab, HostName.SWITCH).ip(String.join("\n", bridges()));
    }

    private void configure(Host host) throws IOException, InterruptedException {
        host.set(EVERYWHERE);
        switch (host.name()) {
            case ROUTER -> host.set(ROUTER);
            case CLOUD -> host.set(CLOUD);
            case SWITCH -> host.set(SWITCH);
            default -> {}
        }
        host.ip("link set lo up");
        Path resolvers = lab.resolverFile(host.name());
        Files.createDirectories(resolvers.getParent());
        Files.writeString(resolvers, "");
    }

    private List<String> cables() {
        List<String> lines = new ArrayList<>();
        lines.add(cable("wan0", HostName.ROUTER, "wan", HostName.CLOUD));
        for (Segment segment : Segment.values()) {
            lines.add(
                    cable(port(segment, HostName.ROUTER), HostName.SWITCH, segment.routerInterface(), HostName.ROUTER));
        }
        for (Card card : Card.ALL) {
            lines.add(cable(port(card.segment(), card.host()), HostName.SWITCH, Card.INTERFACE, card.host())
                    + " address " + card.mac());
        }
        return lines;
    }

    /** @param end the interface on {@code host}; options behind the line are of the other end */
    private String cable(String end, HostName host, String otherEnd, HostName otherHost) {
        return "link add name %s netns %s type veth peer name %s netns %s"
                .formatted(end, lab.namespaceName(host), otherEnd, lab.namespaceName(otherHost));
    }

    private static String port(Segment segment, HostName host) {
        return segment.text() + "-" + host.text();
    }

    private static List<String> bridges() {
        List<String> lines = new ArrayList<>();
        for (Segment segment : Segment.values()) {
            // RFC 4541 2.1.2: 224.0.0.x goes to all ports; snooping switches that get this wrong are not the subject.
            lines.add("link add name %s type bridge mcast_snooping 0 forward_delay 0".formatted(segment.text()));
            lines.add("link set dev " + segment.text() + " up");
            lines.addAll(plug(segment, HostName.ROUTER));
        }
        for (Card card : Card.ALL) {
            lines.addAll(plug(card.segment(), card.host()));
        }
        return lines;
    }

    private static List<String> plug(Segment segment, HostName host) {
        return List.of("link set dev %s master %s up".formatted(port(segment, host), segment.text()));
    }

    /** Takes hosts and cables away, also those of a home that was built only in part. */
    public void remove() throws IOException, InterruptedException {
        List<String> there = Arrays.stream(HostName.values())
                .filter(host -> lab.namespace(host).exists())
                .map(host -> "netns del " + lab.namespaceName(host))
                .toList();
        batch(there.stream());
        for (HostName host : HostName.values()) {
            deleteDirectory(lab.configuration(host));
        }
    }

    private static void deleteDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private static void batch(Stream<String> lines) throws IOException, InterruptedException {
        String input = lines.collect(Collectors.joining("\n"));
        Command.Result result =
                Command.of("ip", "-batch", "-").withInput(input + "\n").run();
        if (!result.ok()) {
            throw new IOException("ip -batch failed: " + result.err().strip() + "\nin:\n" + input);
        }
    }
}
