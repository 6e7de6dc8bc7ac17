package org.funkstille.lab.facade.pfsense;

import java.util.List;
import java.util.stream.Collectors;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;

/** The system's own rules as {@code filter.inc} writes them into {@code /tmp/rules.debug}. */
record DebugText(List<HomeInterface> interfaces) {

    String of(PfRule rule) {
        StringBuilder text = new StringBuilder();
        text.append(rule.action() == PfRule.Action.PASS ? "pass" : "block");
        text.append(
                switch (rule.direction()) {
                    case IN -> " in";
                    case OUT -> " out";
                    case ANY -> "";
                });
        text.append(rule.log() ? " log" : "").append(rule.quick() ? " quick" : "");
        for (String name : rule.interfaces()) {
            text.append(" on $").append(macro(name));
        }
        word(text, rule.options().routing());
        rule.family().ifPresent(family -> text.append(family == Family.IPV4 ? " inet" : " inet6"));
        PfRule.Match match = rule.match();
        if (!match.protocols().isEmpty()) {
            text.append(" proto ").append(list(match.protocols()));
        }
        boolean all = match.source().isAny()
                && match.destination().isAny()
                && match.sourcePorts().isEmpty()
                && match.destinationPorts().isEmpty()
                && match.protocols().isEmpty();
        text.append(
                all
                        ? " all"
                        : " from " + host(match.source()) + ports(match.sourcePorts()) + " to "
                                + host(match.destination()) + ports(match.destinationPorts()));
        if (!match.icmpTypes().isEmpty()) {
            text.append(match.icmpTypes().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(",", " icmp6-type {", "}")));
        }
        if (rule.options().identifier() != 0) {
            text.append(" ridentifier ").append(rule.options().identifier());
        }
        if (rule.action() == PfRule.Action.PASS) {
            text.append(rule.options().keepsState() ? " keep state" : " no state");
        }
        rule.options().words().forEach(word -> word(text, word));
        rule.options()
                .labels()
                .forEach(label -> text.append(" label \"").append(label).append('"'));
        return text.append('\n').toString();
    }

    private String macro(String name) {
        return interfaces.stream()
                .filter(one -> one.real().name().equals(name))
                .map(HomeInterface::descr)
                .findFirst()
                .orElse("loopback");
    }

    private static String host(PfHost host) {
        if (host.isAny()) {
            return "any";
        }
        String address = switch (host.addresses().getFirst()) {
            case PfAddress.Net net -> net.toString();
            case PfAddress.Table table -> "<" + table.name() + ">";
            case PfAddress.Self _ -> "(self)";
            case PfAddress.OfInterface of -> "(" + of.name() + ")";
        };
        return host.negated() ? "!" + address : address;
    }

    private static String ports(List<PfPorts> ports) {
        return switch (ports.size()) {
            case 0 -> "";
            case 1 -> " port = " + ports.getFirst().first();
            default ->
                " port "
                        + ports.stream()
                                .map(port -> Integer.toString(port.first()))
                                .collect(Collectors.joining(" ", "{ ", " }"));
        };
    }

    private static String list(List<String> words) {
        return words.size() == 1 ? words.getFirst() : "{ " + String.join(", ", words) + " }";
    }

    private static void word(StringBuilder text, String word) {
        if (!word.isEmpty()) {
            text.append(' ').append(word);
        }
    }
}
