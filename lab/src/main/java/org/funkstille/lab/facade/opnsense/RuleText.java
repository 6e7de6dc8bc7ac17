package org.funkstille.lab.facade.opnsense;

import java.util.List;
import java.util.stream.Collectors;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;

/** Rules as OPNsense writes them into {@code rules.debug}. */
final class RuleText {

    private RuleText() {}

    /** Up to the label. */
    static String of(PfRule rule, String keepState) {
        StringBuilder text = new StringBuilder(
                switch (rule.action()) {
                    case PASS -> "pass";
                    case BLOCK -> "block";
                    case BLOCK_RETURN -> "block return";
                    case ANCHOR -> throw new IllegalArgumentException("OPNsense writes no anchors");
                });
        text.append(
                switch (rule.direction()) {
                    case IN -> " in";
                    case OUT -> " out";
                    case ANY -> "";
                });
        text.append(rule.log() ? " log" : "").append(rule.quick() ? " quick" : "");
        rule.interfaces()
                .forEach(name -> text.append(" on ")
                        .append(rule.notInterfaces() ? "!" : "")
                        .append(name));
        word(text, rule.options().routing());
        rule.family().ifPresent(family -> text.append(family == Family.IPV4 ? " inet" : " inet6"));
        List<String> protocols = rule.match().protocols();
        if (!protocols.isEmpty()) {
            String joined = String.join(" ", protocols);
            text.append(" proto ").append(protocols.size() > 1 ? "{" + joined + "}" : joined);
        }
        text.append(" from ").append(host(rule.match().source()));
        text.append(ports(rule.match().sourcePorts()));
        text.append(" to ").append(host(rule.match().destination()));
        text.append(ports(rule.match().destinationPorts()));
        List<Integer> types = rule.match().icmpTypes();
        if (!types.isEmpty()) {
            text.append(protocols.contains("ipv6-icmp") ? " icmp6-type {" : " icmp-type {")
                    .append(types.stream().map(Object::toString).collect(Collectors.joining(",")))
                    .append('}');
        }
        word(text, keepState);
        rule.options().words().forEach(word -> word(text, word));
        return text.toString();
    }

    private static void word(StringBuilder text, String word) {
        if (!word.isEmpty()) {
            text.append(' ').append(word);
        }
    }

    private static String host(PfHost host) {
        if (host.isAny()) {
            return "{any}";
        }
        if (host.addresses().size() == 1
                && host.addresses().getFirst() instanceof PfAddress.Table table
                && !AliasNames.BUILT_IN.contains(table.name())) {
            return (host.negated() ? "!$" : "$") + table.name();
        }
        return "{"
                + host.addresses().stream()
                        .map(address -> (host.negated() ? "!" : "") + address(address))
                        .collect(Collectors.joining(","))
                + "}";
    }

    private static String address(PfAddress address) {
        return switch (address) {
            case PfAddress.Net net -> net.toString();
            case PfAddress.Table table -> "<" + table.name() + ">";
            case PfAddress.Self _ -> "(self)";
            case PfAddress.OfInterface of -> "(" + of.name() + (of.network() ? ":network)" : ")");
        };
    }

    private static String ports(List<PfPorts> ports) {
        if (ports.isEmpty()) {
            return "";
        }
        return " port {"
                + ports.stream()
                        .map(range ->
                                range.isOne() ? Integer.toString(range.first()) : range.first() + ":" + range.last())
                        .collect(Collectors.joining(" "))
                + "}";
    }
}
