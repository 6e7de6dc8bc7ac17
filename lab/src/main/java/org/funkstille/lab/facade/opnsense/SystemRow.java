package org.funkstille.lab.facade.opnsense;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;

/** Rules that are not in the model, as 26.x lists them beside it (opnsense/core, list_non_mvc_rules.php). */
final class SystemRow {

    private SystemRow() {}

    static Map<String, Object> of(GeneratedRule generated, int number) {
        PfRule rule = generated.rules().getFirst();
        long families =
                generated.rules().stream().map(PfRule::family).distinct().count();
        String family = families > 1
                ? "inet46"
                : rule.family()
                        .map(only -> only == Family.IPV4 ? "inet" : "inet6")
                        .orElse("inet46");
        boolean automatic = generated.priority() < FilterRules.FLOATING;
        Map<String, Object> row = Json.object();
        row.put("enabled", "1");
        row.put("direction", rule.direction().name().toLowerCase(Locale.ROOT));
        row.put("action", rule.action() == PfRule.Action.PASS ? "pass" : "block");
        row.put("quick", rule.quick());
        row.put("log", rule.log());
        row.put(
                "interface",
                rule.interfaces().stream()
                        .flatMap(device -> BoxInterface.byDevice(device).stream())
                        .map(BoxInterface::key)
                        .collect(Collectors.joining(",")));
        row.put("ipprotocol", family);
        row.put("protocol", String.join("/", rule.match().protocols()));
        row.put("description", generated.description());
        row.put("source_net", net(rule.match().source()));
        row.put("source_port", ports(rule.match().sourcePorts()));
        row.put("destination_net", net(rule.match().destination()));
        row.put("destination_port", ports(rule.match().destinationPorts()));
        row.put("ref", "");
        row.put("uuid", generated.label());
        row.put("sort_order", "%06d.1%06d".formatted(generated.priority(), number));
        row.put("legacy", true);
        row.put("is_automatic", automatic);
        return row;
    }

    /** Interfaces by what people call them. */
    static Map<String, Object> translated(Map<String, Object> row) {
        BoxInterface.byKey(String.valueOf(row.get("interface")))
                .ifPresent(one -> row.put("interface", one.description()));
        return row;
    }

    private static String net(PfHost host) {
        if (host.isAny()) {
            return "any";
        }
        return host.addresses().stream()
                .map(address -> switch (address) {
                    case PfAddress.Net net -> net.toString();
                    case PfAddress.Table table -> table.name();
                    case PfAddress.Self _ -> "(self)";
                    case PfAddress.OfInterface of -> of.network() ? of.name() + ":network" : of.name();
                })
                .collect(Collectors.joining(","));
    }

    private static String ports(java.util.List<PfPorts> ports) {
        return ports.stream()
                .map(range -> range.isOne() ? Integer.toString(range.first()) : range.first() + ":" + range.last())
                .collect(Collectors.joining(","));
    }
}
