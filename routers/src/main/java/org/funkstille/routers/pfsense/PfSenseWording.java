package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.pf.WantedAlias;
import org.funkstille.routers.pf.WantedRule;
import org.funkstille.routers.pf.WantedRule.Service;
import org.funkstille.routers.pf.Wording;

/**
 * Rules in the words of the API (Models/FirewallRule.inc). Fields that hold their default are left out, so that what was
 * found and what is wanted look alike.
 */
final class PfSenseWording implements Wording {

    private static final Set<String> LISTS = Set.of("interface", "icmptype", "tcp_flags_out_of", "tcp_flags_set");

    private static final Set<String> FIELDS = Set.of(
            "type",
            "interface",
            "ipprotocol",
            "protocol",
            "icmptype",
            "source",
            "source_port",
            "destination",
            "destination_port",
            "disabled",
            "log",
            "tag",
            "statetype",
            "tcp_flags_any",
            "tcp_flags_out_of",
            "tcp_flags_set",
            "gateway",
            "sched",
            "dnpipe",
            "pdnpipe",
            "defaultqueue",
            "ackqueue",
            "floating",
            "quick",
            "direction");

    private final PfSenseInterfaces interfaces;

    PfSenseWording(PfSenseInterfaces interfaces) {
        this.interfaces = interfaces;
    }

    @Override
    public String kind(WantedAlias.Kind kind) {
        return switch (kind) {
            case HOSTS, FILLED_LATER -> "host";
            case NETWORKS -> "network";
        };
    }

    @Override
    public Map<String, String> fields(WantedRule rule) {
        Map<String, String> fields = new TreeMap<>();
        fields.put(
                "type",
                switch (rule.action()) {
                    case PASS -> "pass";
                    case BLOCK -> "block";
                    case REJECT -> "reject";
                });
        fields.put(
                "interface", list(rule.interfaces().stream().map(interfaces::id).toList()));
        fields.put(
                "ipprotocol",
                switch (rule.families()) {
                    case INET -> "inet";
                    case INET6 -> "inet6";
                    case BOTH -> "inet46";
                });
        service(rule.service(), fields);
        fields.put("source", host(rule.source()));
        fields.put("destination", host(rule.destination()));
        if (rule.log()) {
            fields.put("log", "true");
        }
        rule.schedule().ifPresent(name -> fields.put("sched", name));
        fields.put("floating", "true");
        fields.put("quick", "true");
        fields.put("direction", "in");
        return fields;
    }

    private static void service(Service service, Map<String, String> fields) {
        switch (service) {
            case Service.All all -> {
                // any protocol is no field
            }
            case Service.Echo echo -> {
                fields.put("protocol", "icmp");
                fields.put("icmptype", "echoreq");
            }
            case Service.Transport transport -> {
                fields.put(
                        "protocol",
                        transport.protocols().stream()
                                .map(PfSenseWording::protocol)
                                .sorted()
                                .collect(Collectors.joining("/")));
                transport.port().ifPresent(port -> fields.put("destination_port", Integer.toString(port)));
            }
        }
    }

    private static String protocol(Protocol protocol) {
        return protocol.equals(Protocol.ICMPV6) ? "icmp" : protocol.toString();
    }

    private static String host(WantedRule.Host host) {
        return switch (host) {
            case WantedRule.Host.Any any -> "any";
            case WantedRule.Host.Self self -> "(self)";
            case WantedRule.Host.In in -> in.alias();
            case WantedRule.Host.NotIn not -> "!" + not.alias();
            case WantedRule.Host.One one -> Addresses.text(one.address());
        };
    }

    private static String list(List<String> values) {
        return values.stream().distinct().sorted().collect(Collectors.joining(","));
    }

    /** What was found, without what holds its default. */
    Map<String, String> fields(Item found) {
        Map<String, String> fields = new HashMap<>();
        for (String field : FIELDS) {
            String value = LISTS.contains(field) ? list(found.texts(field)) : found.textOr(field, "");
            if (field.equals("interface")) {
                value = list(found.texts(field).stream().map(interfaces::id).toList());
            }
            if (!isDefault(field, value)) {
                fields.put(field, value);
            }
        }
        return fields;
    }

    private static boolean isDefault(String field, String value) {
        return switch (field) {
            case "statetype" -> value.isEmpty() || value.equals("keep state");
            case "icmptype" -> value.isEmpty() || value.equals("any");
            default -> value.isEmpty() || value.equals("false");
        };
    }

    /** The object that makes such a rule. */
    JsonObject json(WantedRule rule) {
        JsonObject json = JsonObject.create().add("descr", rule.mark().toString());
        fields(rule).forEach((field, value) -> {
            if (LISTS.contains(field)) {
                json.add(field, PfSenseApi.array(List.of(value.split(","))));
            } else if (value.equals("true")) {
                json.add(field, true);
            } else {
                json.add(field, value);
            }
        });
        return json;
    }
}
