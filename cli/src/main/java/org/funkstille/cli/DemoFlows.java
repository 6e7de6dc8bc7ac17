package org.funkstille.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.Command;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.CloudNames;

/**
 * Where the simulated gateway got through to, by the router's table of flows. Read without any of our rules or
 * listeners, so that it also shows what happened before there were any.
 */
final class DemoFlows {

    private static final Pattern LINE = Pattern.compile(
            "\\S+ +([0-9]+) .*?src=(\\S+) dst=(\\S+)(?: sport=[0-9]+ dport=([0-9]+))?.*? packets=([0-9]+) .*");

    private DemoFlows() {}

    /** Flows to the outside, most packets first; several to one destination are one. */
    static List<DemoResult.Reached> of(Lab lab, Home home) throws IOException, InterruptedException {
        List<InetAddress> addresses = new ArrayList<>(lab.gateway().addresses6());
        lab.gateway().address().ifPresent(addresses::add);
        Map<Endpoint, DemoResult.Reached> reached = new LinkedHashMap<>();
        for (String family : List.of("ipv4", "ipv6")) {
            Command.Result listing = lab.exec("router", "conntrack", "-L", "-f", family);
            for (String line : listing.out().lines().toList()) {
                flow(line, addresses, home).ifPresent(one -> reached.merge(one.destination(), one, DemoFlows::sum));
            }
        }
        return reached.values().stream()
                .sorted(Comparator.comparingLong(DemoResult.Reached::packets).reversed())
                .toList();
    }

    private static DemoResult.Reached sum(DemoResult.Reached one, DemoResult.Reached other) {
        return new DemoResult.Reached(one.name(), one.destination(), one.packets() + other.packets());
    }

    private static Optional<DemoResult.Reached> flow(String line, List<InetAddress> sources, Home home) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()
                || Addresses.tryParse(matcher.group(2))
                        .filter(sources::contains)
                        .isEmpty()) {
            return Optional.empty();
        }
        int port = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
        Protocol protocol = new Protocol(Integer.parseInt(matcher.group(1)));
        return Addresses.tryParse(matcher.group(3))
                .filter(address -> !address.isLinkLocalAddress())
                .filter(address -> home.inside().stream().noneMatch(network -> network.contains(address)))
                .map(address -> new DemoResult.Reached(
                        CloudNames.nameOf(address),
                        new Endpoint(address, protocol, port),
                        Long.parseLong(matcher.group(5))));
    }
}
