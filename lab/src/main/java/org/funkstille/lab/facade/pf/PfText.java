package org.funkstille.lab.facade.pf;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.funkstille.core.net.Family;

/** Rules as pfctl(8) prints them (FreeBSD sbin/pfctl/pfctl_parser.c, print_rule): one for each line, without lists. */
final class PfText {

    private final Optional<ToIntFunction<PfAddress>> sizes;

    private PfText(Optional<ToIntFunction<PfAddress>> sizes) {
        this.sizes = sizes;
    }

    /** {@code pfctl -sr}. */
    static PfText brief() {
        return new PfText(Optional.empty());
    }

    /**
     * {@code pfctl -vvsr}, which says how many addresses a table or an interface has: {@code <bogons:0>}, {@code (self:9)}.
     *
     * @param sizes of what is not written out
     */
    static PfText verbose(ToIntFunction<PfAddress> sizes) {
        return new PfText(Optional.of(sizes));
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
        PfAddress only = host.addresses().getFirst();
        String size = sizes.map(of -> ":" + of.applyAsInt(only)).orElse("");
        String address = switch (only) {
            case PfAddress.Net net -> net.toString();
            case PfAddress.Table table -> "<" + table.name() + size + ">";
            case PfAddress.Self _ -> "(self" + size + ")";
            case PfAddress.OfInterface of -> "(" + of.name() + (of.network() ? ":network" : "") + size + ")";
        };
        return host.negated() ? "! " + address : address;
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
