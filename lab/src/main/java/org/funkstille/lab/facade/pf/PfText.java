package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.funkstille.core.net.Family;

/** Rules as pfctl(8) prints them (FreeBSD sbin/pfctl/pfctl_parser.c, print_rule): one for each line, without lists. */
final class PfText {

    private final Optional<ToIntFunction<String>> tableSizes;

    private PfText(Optional<ToIntFunction<String>> tableSizes) {
        this.tableSizes = tableSizes;
    }

    /** {@code pfctl -sr}. */
    static PfText brief() {
        return new PfText(Optional.empty());
    }

    /** {@code pfctl -vvsr}, which says how many entries a table has. */
    static PfText verbose(ToIntFunction<String> tableSizes) {
        return new PfText(Optional.of(tableSizes));
    }

    /** @param rule of those that {@link PfExpansion} makes */
    String of(PfRule rule) {
        if (rule.action() == PfRule.Action.ANCHOR) {
            return "anchor \"" + rule.options().anchor() + "\" all";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                switch (rule.action()) {
                    case PASS -> "pass";
                    case BLOCK -> "block drop";
                    case BLOCK_RETURN -> "block return";
                    case ANCHOR -> throw new IllegalStateException();
                });
        text.append(
                switch (rule.direction()) {
                    case IN -> " in";
                    case OUT -> " out";
                    case ANY -> "";
                });
        text.append(rule.log() ? " log" : "").append(rule.quick() ? " quick" : "");
        for (String name : rule.interfaces()) {
            text.append(" on ").append(rule.notInterfaces() ? "! " : "").append(name);
        }
        spaced(text, rule.options().routing());
        rule.family().ifPresent(family -> text.append(family == Family.IPV4 ? " inet" : " inet6"));
        rule.match().protocols().forEach(protocol -> text.append(" proto ").append(protocol));
        addresses(text, rule.match());
        options(text, rule);
        return text.toString();
    }

    private void addresses(StringBuilder text, PfRule.Match match) {
        boolean all = match.source().isAny()
                && match.destination().isAny()
                && match.sourcePorts().isEmpty()
                && match.destinationPorts().isEmpty();
        if (all) {
            text.append(" all");
            return;
        }
        text.append(" from ").append(host(match.source()));
        match.sourcePorts().forEach(ports -> text.append(ports(ports)));
        text.append(" to ").append(host(match.destination()));
        match.destinationPorts().forEach(ports -> text.append(ports(ports)));
    }

    private String host(PfHost host) {
        if (host.isAny()) {
            return "any";
        }
        String address = switch (host.addresses().getFirst()) {
            case PfAddress.Net net -> net.toString();
            case PfAddress.Table table -> "<" + table.name() + size(table.name()) + ">";
            case PfAddress.Self _ -> "(self)";
            case PfAddress.OfInterface of -> "(" + of.name() + (of.network() ? ":network" : "") + ")";
        };
        return host.negated() ? "! " + address : address;
    }

    private String size(String table) {
        return tableSizes.map(sizes -> ":" + sizes.applyAsInt(table)).orElse("");
    }

    private static String ports(PfPorts ports) {
        return ports.isOne() ? " port = " + PfNames.port(ports.first()) : " port " + ports.first() + ":" + ports.last();
    }

    private static void options(StringBuilder text, PfRule rule) {
        PfRule.Options options = rule.options();
        List<String> protocols = rule.match().protocols();
        boolean six = protocols.contains("ipv6-icmp");
        for (int type : rule.match().icmpTypes()) {
            text.append(six ? " icmp6-type " : " icmp-type ").append(PfNames.icmpType(type, six));
        }
        if (rule.action() == PfRule.Action.PASS) {
            boolean mayBeTcp = protocols.isEmpty() || protocols.contains("tcp");
            text.append(options.keepsState() && mayBeTcp ? " flags S/SA" : "");
            text.append(options.keepsState() ? " keep state" : " no state");
            if (options.keepsState() && !options.stateOptions().isEmpty()) {
                text.append(" (").append(options.stateOptions()).append(')');
            }
        }
        options.words().forEach(word -> spaced(text, word));
        options.labels().forEach(label -> text.append(" label \"").append(label).append('"'));
        if (options.identifier() != 0) {
            text.append(" ridentifier ").append(options.identifier());
        }
    }

    private static void spaced(StringBuilder text, String word) {
        if (!word.isEmpty()) {
            text.append(' ').append(word);
        }
    }
}
