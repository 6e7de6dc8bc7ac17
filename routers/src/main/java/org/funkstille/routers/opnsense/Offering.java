package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.routers.RouterException;

/**
 * What this router is and what it offers. Versions are asked for, but what matters is read from the interface itself: the
 * templates of a rule and of an alias name every field that they take, and they can be read by whoever may write them.
 *
 * @param system for people: {@code OPNsense 25.7.11, FreeBSD 14.3-RELEASE-p7}
 * @param version absent where no privilege lets us see it
 * @param ruleFields the fields of a rule
 * @param expires true where an entry of an external alias can have an end (25.7 and later)
 */
record Offering(String system, Optional<Version> version, Set<String> ruleFields, boolean expires) {

    Offering {
        ruleFields = Set.copyOf(ruleFields);
    }

    static Offering read(OpnSenseApi api) throws RouterException {
        String system = system(api);
        Optional<Version> version = Version.in(system);
        if (version.filter(found -> found.before(Version.OLDEST)).isPresent()) {
            throw new RouterException.Refused("this is " + system + "; Funkstille drives OPNsense " + Version.OLDEST
                    + " and later: update it (System > Firmware)");
        }
        JsonNode rule = Json.member(api.get("firewall/filter/get_rule"), "rule").orElseGet(JsonObject::empty);
        JsonNode alias =
                Json.member(api.get("firewall/alias/get_item"), "alias").orElseGet(JsonObject::empty);
        return new Offering(
                system,
                version,
                Json.members(rule).keySet(),
                Json.members(alias).containsKey("expire"));
    }

    /** The dashboard's route asks for the least; that of the firmware page would let its user update the router. */
    private static String system(OpnSenseApi api) throws RouterException {
        try {
            Optional<JsonNode> told = api.ifOffered("diagnostics/system/system_information");
            List<String> versions = told.map(
                            node -> List.of(Json.text(node, "versions").split(",")))
                    .orElse(List.of());
            if (versions.stream().anyMatch(text -> Version.in(text).isPresent())) {
                return String.join(", ", versions.stream().limit(2).toList()).replace("-amd64", "");
            }
        } catch (RouterException.NotPermitted withoutDashboard) {
            rethrowUnlessForbidden(withoutDashboard);
        }
        try {
            Optional<JsonNode> status = api.ifOffered("core/firmware/status");
            // 26.1 and later have it one level down.
            Optional<String> version = status.map(node -> Json.text(node, "product_version"))
                    .filter(text -> !text.isEmpty())
                    .or(() -> status.flatMap(node -> Json.member(node, "product"))
                            .map(product -> Json.text(product, "product_version"))
                            .filter(text -> !text.isEmpty()));
            return version.map(text -> "OPNsense " + text).orElse("OPNsense");
        } catch (RouterException.NotPermitted withoutFirmware) {
            rethrowUnlessForbidden(withoutFirmware);
            return "OPNsense (version not told: the key's user lacks the privilege \"Lobby: Dashboard\")";
        }
    }

    /** A wrong key is not tried a second time. */
    private static void rethrowUnlessForbidden(RouterException.NotPermitted refusal)
            throws RouterException.NotPermitted {
        if (!Privileges.lacking(refusal)) {
            throw refusal;
        }
    }

    boolean listsAllRules() {
        return version.filter(found -> !found.before(Version.ALL_RULES_LISTED)).isPresent();
    }
}
