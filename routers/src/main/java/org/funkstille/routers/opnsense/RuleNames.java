package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;

/**
 * Tells the system's own rules from the owner's in what pfctl prints. In {@code rules.debug}, from which the router loads
 * them, each group of rules stands below a comment with its priority and each rule has its description behind it; pfctl
 * prints neither. So both are put back for the two kinds of rules of the system that every OPNsense has before all others
 * and that let something pass: ICMPv6 as RFC 4890 asks for it, and the way to the administration page. They are known by
 * description ({@code diagnostics/firewall/list_rule_ids}) and by what they pass. Any other rule counts as the owner's.
 *
 * @param byId descriptions
 */
record RuleNames(Map<String, String> byId) {

    private static final String ICMP = "IPv6 RFC4890 requirements (ICMP)";
    private static final String LOCKOUT = "anti-lockout rule";
    private static final String SYSTEM = "# [prio: 1]\n";
    private static final String OWNER = "# [prio: 200000]\n";

    RuleNames {
        byId = Map.copyOf(byId);
    }

    /** None where they may not be seen: then all rules count as the owner's. */
    static RuleNames read(OpnSenseApi api) throws RouterException {
        Map<String, String> names = new HashMap<>();
        try {
            Optional<JsonNode> answer = api.ifOffered("diagnostics/firewall/list_rule_ids");
            for (JsonObject item :
                    answer.map(found -> Json.objects(found, "items")).orElse(List.of())) {
                names.put(Json.text(item, "id"), Json.text(item, "descr"));
            }
        } catch (RouterException.NotPermitted forbidden) {
            if (!Privileges.lacking(forbidden)) {
                throw forbidden;
            }
        }
        return new RuleNames(names);
    }

    /** @param text the rule as it is to be written */
    String inSections(PfRules.PfRule rule, String text) {
        return rule.labels().stream()
                .map(id -> byId.getOrDefault(id, ""))
                .filter(name -> isSystems(name, text))
                .findFirst()
                .map(name -> SYSTEM + text + " # " + name + "\n" + OWNER)
                .orElse(text + "\n");
    }

    private static boolean isSystems(String name, String text) {
        return (name.equals(ICMP) && text.contains(" proto ipv6-icmp ") && text.contains(" icmp6-type "))
                || (name.equals(LOCKOUT) && text.contains(" proto tcp ") && text.contains(" port "));
    }
}
