package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.routers.pf.FoundRule;
import org.funkstille.routers.pf.Mark;

/**
 * A rule of the model behind {@code firewall/filter}, anybody's.
 *
 * @param uuid also its label in pf and its id in the filter log
 * @param sequence orders rules of one group; equal ones stand in an order that nobody promises
 * @param floating true where it belongs to the group that comes first
 * @param fields of ours: what it does; of others: nothing
 */
record FilterRule(String uuid, String description, int sequence, boolean floating, Map<String, String> fields) {

    /** Where two have one sequence, ours is taken to come last: that is the case to be safe from. */
    static final Comparator<FilterRule> ORDER =
            Comparator.comparingInt(FilterRule::sequence).thenComparing(FilterRule::isOurs);

    /** Always looked at. */
    private static final List<String> DECIDING = List.of(
            "enabled",
            "action",
            "quick",
            "interface",
            "direction",
            "ipprotocol",
            "protocol",
            "source_net",
            "source_not",
            "source_port",
            "destination_net",
            "destination_not",
            "destination_port",
            "log",
            "statetype");

    /** Never set by us: whatever stands in one of these makes the rule do less or something else. */
    private static final List<String> UNWANTED = List.of(
            "interfacenot",
            "sched",
            "gateway",
            "divert-to",
            "replyto",
            "tag",
            "tagged",
            "tos",
            "prio",
            "set-prio",
            "set-prio-low",
            "overload",
            "max",
            "max-src-nodes",
            "max-src-states",
            "max-src-conn",
            "max-src-conn-rate",
            "max-src-conn-rates",
            "statetimeout",
            "state-policy",
            "tcpflags1",
            "tcpflags2",
            "tcpflags_any",
            "allowopts",
            "shaper1",
            "shaper2");

    FilterRule {
        fields = Map.copyOf(fields);
    }

    boolean isOurs() {
        return mark().isPresent();
    }

    Optional<Mark> mark() {
        return Mark.tryParse(description);
    }

    FoundRule found() {
        return new FoundRule(description, fields);
    }

    /** The fields that decide what a rule does, each in one form, whichever way the version writes it. */
    static Map<String, String> fields(JsonNode rule, Set<String> offered) {
        Map<String, String> fields = new LinkedHashMap<>();
        DECIDING.forEach(name -> fields.put(name, field(rule, name)));
        for (String name : List.of(OpnSenseWording.ICMP_TYPE, OpnSenseWording.ICMP6_TYPE)) {
            if (offered.contains(name)) {
                fields.put(name, field(rule, name));
            }
        }
        for (String name : UNWANTED) {
            String value = field(rule, name);
            if (!value.isEmpty() && !value.equals("0")) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private static String field(JsonNode rule, String name) {
        String text = Json.text(rule, name).strip();
        return text.contains(",") ? String.join(",", new TreeSet<>(List.of(text.split("\\s*,\\s*")))) : text;
    }
}
