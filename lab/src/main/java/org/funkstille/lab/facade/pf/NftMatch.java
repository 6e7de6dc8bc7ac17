package org.funkstille.lab.facade.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;

/** What a rule of pf asks of a packet, as beginnings of nftables rules: the packet matches where one of them does. */
final class NftMatch {

    private final List<PfInterface> interfaces;

    NftMatch(List<PfInterface> interfaces) {
        this.interfaces = interfaces;
    }

    /** The part that pf looks at first: packets that fail here are not counted as evaluations. */
    String place(PfRule rule, PfRule.Direction direction) {
        StringBuilder text = new StringBuilder();
        for (String name : rule.interfaces()) {
            text.append(direction == PfRule.Direction.IN ? "iifname " : "oifname ")
                    .append(rule.notInterfaces() ? "!= " : "")
                    .append('"')
                    .append(device(name))
                    .append("\" ");
        }
        return text.toString();
    }

    private String device(String name) {
        return interfaces.stream()
                .filter(one -> one.name().equals(name))
                .map(PfInterface::device)
                .findFirst()
                .orElse(name);
    }

    List<String> beginnings(PfRule rule, PfRule.Direction direction) {
        List<String> result = new ArrayList<>();
        String place = place(rule, direction);
        for (String addresses : addresses(rule)) {
            for (String transport : transports(rule)) {
                result.add(place + addresses + transport);
            }
        }
        return result;
    }

    private List<String> addresses(PfRule rule) {
        PfRule.Match match = rule.match();
        if (rule.family().isEmpty()
                && match.source().isAny()
                && match.destination().isAny()) {
            return List.of("");
        }
        List<String> result = new ArrayList<>();
        for (Family family : rule.family().map(List::of).orElse(List.of(Family.values()))) {
            Optional<String> source = host(match.source(), "saddr", family);
            Optional<String> destination = host(match.destination(), "daddr", family);
            if (source.isPresent() && destination.isPresent()) {
                String only = family == Family.IPV4 ? "meta nfproto ipv4 " : "meta nfproto ipv6 ";
                result.add(only + source.get() + destination.get());
            }
        }
        return result;
    }

    /** Nothing where no packet of the family can match. */
    private Optional<String> host(PfHost host, String side, Family family) {
        if (host.isAny()) {
            return Optional.of("");
        }
        String field = (family == Family.IPV4 ? "ip " : "ip6 ") + side;
        String relation = host.negated() ? " != " : " ";
        return switch (host.addresses().getFirst()) {
            case PfAddress.Net net -> Optional.of(field + relation + net.prefix() + " ");
            case PfAddress.Table table -> Optional.of(field + relation + "@" + set(table.name(), family) + " ");
            case PfAddress.Self _ -> Optional.of("fib " + side + " type" + relation + "local ");
            case PfAddress.OfInterface of -> ofInterface(of, family, field + relation, host.negated());
        };
    }

    static String set(String table, Family family) {
        return (family == Family.IPV4 ? "t4_" : "t6_") + table;
    }

    private Optional<String> ofInterface(PfAddress.OfInterface of, Family family, String beginning, boolean negated) {
        String list = interfaces.stream()
                .filter(one -> one.name().equals(of.name()))
                .flatMap(one -> one.addresses().stream())
                .filter(address -> address.family() == family)
                .map(address -> of.network() ? address.network().toString() : Addresses.text(address.address()))
                .collect(Collectors.joining(", "));
        if (list.isEmpty()) {
            return negated ? Optional.of("") : Optional.empty();
        }
        return Optional.of(beginning + "{ " + list + " } ");
    }

    private static List<String> transports(PfRule rule) {
        PfRule.Match match = rule.match();
        StringBuilder text = new StringBuilder();
        match.protocols()
                .forEach(protocol ->
                        text.append("meta l4proto ").append(protocol).append(' '));
        match.sourcePorts().forEach(ports -> text.append("th sport ").append(ports(ports)));
        match.destinationPorts().forEach(ports -> text.append("th dport ").append(ports(ports)));
        for (int type : match.icmpTypes()) {
            text.append(match.protocols().contains("ipv6-icmp") ? "icmpv6 type " : "icmp type ")
                    .append(type)
                    .append(' ');
        }
        boolean beginsFlows =
                rule.action() == PfRule.Action.PASS && rule.options().keepsState();
        if (beginsFlows && match.protocols().isEmpty()) {
            return List.of("meta l4proto != tcp ", FIRST_OF_TCP);
        }
        return List.of(text + (beginsFlows && match.protocols().contains("tcp") ? FIRST_OF_TCP : ""));
    }

    /** pf.conf(5): a rule that keeps state is for {@code flags S/SA} unless told otherwise. */
    private static final String FIRST_OF_TCP = "tcp flags & (syn|ack) == syn ";

    private static String ports(PfPorts ports) {
        return (ports.isOne() ? Integer.toString(ports.first()) : ports.first() + "-" + ports.last()) + " ";
    }
}
