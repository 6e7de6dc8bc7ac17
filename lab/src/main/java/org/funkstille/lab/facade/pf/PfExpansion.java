package org.funkstille.lab.facade.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.funkstille.core.net.Family;

/**
 * Makes one rule for each combination of the entries of a rule's lists, as pfctl(8) does when it loads (FreeBSD
 * sbin/pfctl/parse.y, expand_rule): combinations of two families are left out, and where none is left the whole rule
 * set is refused.
 */
final class PfExpansion {

    private PfExpansion() {}

    static List<PfRule> of(PfRule rule) throws PfRefusal {
        if (rule.action() == PfRule.Action.ANCHOR) {
            return List.of(rule);
        }
        List<PfRule> result = new ArrayList<>();
        PfRule.Match match = rule.match();
        for (String on :
                choices(rule.notInterfaces() ? List.<String>of() : rule.interfaces(), Function.identity(), "")) {
            for (String protocol : choices(match.protocols(), Function.identity(), "")) {
                for (List<Integer> type : choices(match.icmpTypes(), List::of, List.<Integer>of())) {
                    for (PfHost source : hosts(match.source())) {
                        for (List<PfPorts> from : choices(match.sourcePorts(), List::of, List.<PfPorts>of())) {
                            for (PfHost destination : hosts(match.destination())) {
                                for (List<PfPorts> to :
                                        choices(match.destinationPorts(), List::of, List.<PfPorts>of())) {
                                    PfRule.Match one =
                                            new PfRule.Match(one(protocol), source, from, destination, to, type);
                                    combined(rule, on, one).ifPresent(result::add);
                                }
                            }
                        }
                    }
                }
            }
        }
        if (result.isEmpty()) {
            throw new PfRefusal("rule expands to no valid combination");
        }
        return result;
    }

    private static <T, R> List<R> choices(List<T> entries, Function<T, R> each, R none) {
        return entries.isEmpty() ? List.of(none) : entries.stream().map(each).toList();
    }

    private static List<PfHost> hosts(PfHost host) {
        return choices(host.addresses(), address -> new PfHost(host.negated(), List.of(address)), PfHost.ANY);
    }

    private static List<String> one(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static Optional<PfRule> combined(PfRule rule, String on, PfRule.Match match) throws PfRefusal {
        requirePortsFit(match);
        Optional<Family> family = rule.family();
        List<PfAddress> addresses = new ArrayList<>(match.source().addresses());
        addresses.addAll(match.destination().addresses());
        for (PfAddress address : addresses) {
            Optional<Family> literal = address.family();
            if (literal.isPresent()) {
                if (family.isPresent() && !family.equals(literal)) {
                    return Optional.empty();
                }
                family = literal;
            }
        }
        return Optional.of(new PfRule(
                rule.action(),
                rule.direction(),
                rule.log(),
                rule.quick(),
                rule.notInterfaces() ? rule.interfaces() : one(on),
                rule.notInterfaces(),
                family,
                match,
                rule.options()));
    }

    private static void requirePortsFit(PfRule.Match match) throws PfRefusal {
        boolean ports =
                !match.sourcePorts().isEmpty() || !match.destinationPorts().isEmpty();
        if (ports
                && !match.protocols().equals(List.of("tcp"))
                && !match.protocols().equals(List.of("udp"))) {
            throw new PfRefusal("port only applies to tcp/udp/sctp");
        }
    }
}
