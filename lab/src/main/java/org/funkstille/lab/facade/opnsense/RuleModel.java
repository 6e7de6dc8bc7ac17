package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.opnsense.ItemList.Problem;
import org.funkstille.lab.facade.pf.PfAddress;

/** The fields of a filter rule and what they may hold (opnsense/core, Firewall/Filter.xml and Filter.php). */
final class RuleModel {

    /** ICMP types by the names that rules use, with their numbers (FreeBSD, icmp(4)). */
    static final Map<String, Integer> ICMP_TYPES = Map.of(
            "echoreq", 8,
            "echorep", 0,
            "unreach", 3,
            "redir", 5,
            "routeradv", 9,
            "routersol", 10,
            "timex", 11,
            "paramprob", 12,
            "timereq", 13,
            "timerep", 14);

    private static final Set<String> WITH_PORTS = Set.of("TCP", "UDP", "TCP/UDP");

    private RuleModel() {}

    static ItemList list(Release release, AliasNames aliases) {
        List<Field> fields = new ArrayList<>();
        ItemList[] made = new ItemList[1];
        Supplier<String> last = () -> Integer.toString(100
                + Optional.ofNullable(made[0]).map(ItemList::all).orElse(List.of()).stream()
                        .mapToInt(rule -> Integer.parseInt(rule.get("sequence")))
                        .max()
                        .orElse(0));
        fields.add(Field.flag("enabled", true));
        fields.add(Field.choice(
                "statetype",
                "keep",
                texts(
                        "keep", "keep state",
                        "sloppy", "sloppy state",
                        "modulate", "modulate state",
                        "synproxy", "synproxy state",
                        "none", "no state")));
        fields.add(Field.choice(
                "state-policy", "", texts("if-bound", "Bind states to interface", "floating", "Floating states")));
        fields.add(Field.number("sequence", "", 1, 999_999, "Sequence shall be between 1 and 999999.")
                .needed()
                .initially(last));
        fields.add(Field.choice("action", "pass", texts("pass", "Pass", "block", "Block", "reject", "Reject")));
        fields.add(Field.flag("quick", true));
        fields.add(Field.flag("interfacenot", false));
        fields.add(Field.several("interface", BoxInterface::choices));
        fields.add(Field.choice("direction", "in", texts("in", "In", "out", "Out", "any", "Both")));
        fields.add(Field.choice("ipprotocol", "inet", texts("inet", "IPv4", "inet6", "IPv6", "inet46", "any")));
        fields.add(Field.choice("protocol", "any", protocols()));
        fields.add(Field.several("icmptype", RuleModel::icmpTypes));
        if (release.hasDefaultRulesInModel()) {
            fields.add(Field.text("icmp6type", "[0-9,]*", "Option [] not in list."));
        }
        fields.addAll(ends(aliases));
        for (String flag : List.of("disablereplyto", "log", "allowopts", "nosync", "nopfsync")) {
            fields.add(Field.flag(flag, false));
        }
        for (String number : List.of("statetimeout", "max", "max-src-nodes", "max-src-states", "max-src-conn")) {
            fields.add(Field.number(number, "", 1, Integer.MAX_VALUE, "Value is not a valid integer."));
        }
        for (String text : List.of("gateway", "replyto", "sched", "tag", "tagged", "categories", "description")) {
            fields.add(Field.text(text));
        }
        made[0] = new ItemList("rule", fields, RuleModel::problems);
        return made[0];
    }

    private static List<Field> ends(AliasNames aliases) {
        List<Field> fields = new ArrayList<>();
        for (String end : List.of("source", "destination")) {
            fields.add(Field.checked(end + "_net", value -> netProblems(value, aliases))
                    .needed()
                    .initially(() -> "any"));
            fields.add(Field.flag(end + "_not", false));
            fields.add(Field.checked(end + "_port", value -> portProblems(value, aliases)));
        }
        return fields;
    }

    private static List<String> netProblems(String value, AliasNames aliases) {
        boolean good = Arrays.stream(value.split(",")).allMatch(entry -> isNet(entry, aliases));
        return good ? List.of() : List.of(value + " is not a valid source IP address or alias.");
    }

    private static boolean isNet(String entry, AliasNames aliases) {
        return entry.equals("any")
                || entry.equals("(self)")
                || BoxInterface.byKey(entry).isPresent()
                || (entry.endsWith("ip")
                        && BoxInterface.byKey(entry.substring(0, entry.length() - 2))
                                .isPresent())
                || PfAddress.Net.tryParse(entry).isPresent()
                || aliases.ofAddresses(entry);
    }

    private static List<String> portProblems(String value, AliasNames aliases) {
        return Ports.parse(value).isPresent() || aliases.ofPorts(value)
                ? List.of()
                : List.of("Please specify a valid portnumber, name, alias or range.");
    }

    private static List<Problem> problems(Item rule) {
        List<Problem> problems = new ArrayList<>();
        boolean ports = WITH_PORTS.contains(rule.get("protocol"));
        for (String end : List.of("source", "destination")) {
            String name = end.equals("source") ? "Source" : "Destination";
            if (!rule.get(end + "_port").isEmpty() && !ports) {
                problems.add(new Problem(end + "_port", name + " ports are only valid for tcp or udp type rules."));
            }
            List<String> entries = Arrays.asList(rule.get(end + "_net").split(","));
            if (entries.stream().anyMatch(entry -> isOfOtherFamily(entry, rule.get("ipprotocol")))) {
                problems.add(new Problem(
                        end + "_net", name + " address type should match selected TCP/IP protocol version."));
            }
            if (entries.size() > 1 && entries.contains("any")) {
                problems.add(new Problem(end + "_net", "Any can not be combined with other aliases"));
            }
            if (entries.size() > 1 && rule.is(end + "_not")) {
                problems.add(new Problem(
                        end.equals("source") ? "source_not" : "destination_net",
                        "Inverting " + end + "s is only allowed for single targets to avoid mis-interpretations"));
            }
        }
        if (!rule.get("icmptype").isEmpty() && !rule.get("protocol").equals("ICMP")) {
            problems.add(new Problem("icmptype", "Option only applies to ICMP packets"));
        }
        String interfaces = rule.get("interface");
        if (rule.is("interfacenot") && (interfaces.isEmpty() || interfaces.contains(","))) {
            problems.add(new Problem(
                    "interfacenot",
                    "Inverting interfaces is only allowed for single targets to avoid mis-interpretations"));
        }
        return problems;
    }

    /** An address that is written out never fits {@code inet46}. */
    private static boolean isOfOtherFamily(String entry, String wanted) {
        return PfAddress.Net.tryParse(entry)
                .map(net -> !(net.prefix().family() == Family.IPV4 ? "inet" : "inet6").equals(wanted))
                .orElse(false);
    }

    private static Map<String, String> protocols() {
        Map<String, String> protocols = new LinkedHashMap<>();
        protocols.put("any", "any");
        for (String name : List.of(
                "TCP/UDP", "ICMP", "TCP", "UDP", "IGMP", "ESP", "AH", "GRE", "IPV6-ICMP", "SCTP", "OSPF", "CARP")) {
            protocols.put(name, name);
        }
        return protocols;
    }

    private static Map<String, String> icmpTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        ICMP_TYPES.keySet().stream().sorted().forEach(name -> types.put(name, name));
        return types;
    }

    static Map<String, String> texts(String... keysAndTexts) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int at = 0; at < keysAndTexts.length; at += 2) {
            texts.put(keysAndTexts[at], keysAndTexts[at + 1]);
        }
        return texts;
    }
}
