package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;

/** The rules that the interface can write ({@code firewall/filter}); those of older pages, up to 26.1, are not among them. */
final class FilterRules {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String FLOATING = "200000";
    static final int HIGHEST = 999_999;

    private final OpnSenseApi api;
    private final Offering offering;

    FilterRules(OpnSenseApi api, Offering offering) {
        this.api = api;
        this.offering = offering;
    }

    /** Everybody's, of all interfaces. */
    List<FilterRule> read(Legs legs) throws RouterException {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        collect(rows, "firewall/filter/search_rule");
        Set<String> floating = new HashSet<>();
        if (!offering.listsAllRules()) {
            // Up to 25.7, what is asked for without an interface is the floating rules alone.
            floating.addAll(rows.keySet());
            for (String id : legs.ids()) {
                collect(rows, "firewall/filter/search_rule?interface=" + id);
            }
        }
        List<FilterRule> rules = new ArrayList<>();
        for (JsonObject row : rows.values()) {
            rules.add(rule(row, floating));
        }
        return rules;
    }

    private void collect(Map<String, JsonObject> rows, String search) throws RouterException {
        for (JsonObject row : api.search(search)) {
            String uuid = Json.text(row, "uuid");
            // 26.1 and later also list what the system makes by itself, under ids of another form.
            if (UUID.matcher(uuid).matches()) {
                rows.putIfAbsent(uuid, row);
            }
        }
    }

    private FilterRule rule(JsonObject row, Set<String> listedAsFloating) throws RouterException {
        String uuid = Json.text(row, "uuid");
        String description = Json.text(row, "description");
        boolean floating = isFloating(row, listedAsFloating.contains(uuid));
        if (Mark.tryParse(description).isEmpty()) {
            return new FilterRule(uuid, description, sequence(row), floating, Map.of());
        }
        JsonNode full = carriesKeys(row) ? row : full(uuid).orElse(row);
        return new FilterRule(
                uuid, description, sequence(full), floating, FilterRule.fields(full, offering.ruleFields()));
    }

    private static int sequence(JsonNode rule) {
        return Math.clamp(Json.number(rule, "sequence").orElse(0), 0, HIGHEST);
    }

    /** An unknown version that lists all rules without an interface would make all floating: then the group counts. */
    private static boolean isFloating(JsonObject row, boolean listed) {
        String group = Json.text(row, "prio_group");
        if (!group.isEmpty()) {
            return group.equals(FLOATING);
        }
        String interfaces = Json.text(row, "interface");
        return listed || interfaces.isEmpty() || interfaces.contains(",");
    }

    /** 25.1 lists what the page displays: "Block" instead of "block". */
    private static boolean carriesKeys(JsonObject row) {
        return List.of("pass", "block", "reject").contains(Json.text(row, "action"));
    }

    private Optional<JsonNode> full(String uuid) throws RouterException {
        return Json.member(api.get("firewall/filter/get_rule/" + uuid), "rule");
    }

    void add(Map<String, String> fields) throws RouterException {
        api.save("firewall/filter/add_rule", "rule", fields);
    }

    void set(String uuid, Map<String, String> fields) throws RouterException {
        api.save("firewall/filter/set_rule/" + uuid, "rule", fields);
    }

    void delete(String uuid) throws RouterException {
        api.delete("firewall/filter/del_rule/" + uuid);
    }

    /** @return false where this version cannot */
    boolean moveBefore(String uuid, String target) throws RouterException {
        return api.postIfOffered("firewall/filter/move_rule_before/" + uuid + "/" + target, JsonObject.create())
                .isPresent();
    }

    /** It says OK whatever pf says; whether pf has the rules, pf must be asked. */
    void apply() throws RouterException {
        api.reload("firewall/filter/apply");
    }
}
