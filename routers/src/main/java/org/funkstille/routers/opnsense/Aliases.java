package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import io.avaje.json.node.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;

/** Aliases in the configuration ({@code firewall/alias}), and pf's tables behind them ({@code firewall/alias_util}). */
final class Aliases {

    private final OpnSenseApi api;

    Aliases(OpnSenseApi api) {
        this.api = api;
    }

    List<Alias> read() throws RouterException {
        return api.search("firewall/alias/search_item").stream()
                .map(Aliases::alias)
                .toList();
    }

    private static Alias alias(JsonObject row) {
        return new Alias(
                Json.text(row, "uuid"),
                Json.text(row, "name"),
                Json.text(row, "description"),
                kind(Json.text(row, "type")),
                Json.yes(row, "enabled"),
                entries(Json.text(row, "content")),
                Json.number(row, "expire").stream()
                        .mapToObj(Duration::ofSeconds)
                        .filter(Duration::isPositive)
                        .findFirst());
    }

    /** 25.1 lists what the page displays: "Host(s)", "Network(s)", "External (advanced)". */
    private static String kind(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "").strip();
    }

    private static List<String> entries(String content) {
        return List.of(content.split("[,\\s]+")).stream()
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    void save(Optional<String> uuid, Map<String, String> fields) throws RouterException {
        api.save(
                uuid.map(known -> "firewall/alias/set_item/" + known).orElse("firewall/alias/add_item"),
                "alias",
                fields);
    }

    static Map<String, String> fields(String name, String kind, String description, List<String> entries) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("enabled", "1");
        fields.put("name", name);
        fields.put("type", kind);
        fields.put("content", String.join("\n", entries));
        fields.put("description", description);
        return fields;
    }

    void delete(Alias alias) throws RouterException {
        api.delete("firewall/alias/del_item/" + alias.uuid());
    }

    /** Loads tables, rules and the times at which entries expire. */
    void takeOver() throws RouterException {
        api.reload("firewall/alias/reconfigure");
    }

    /** What pf itself has in a table; nothing where it has no such table. */
    Optional<List<String>> table(String name) throws RouterException {
        JsonNode answer = api.get("firewall/alias_util/list/" + name);
        List<String> entries = new ArrayList<>();
        JsonNode rows = Json.member(answer, "rows").orElse(answer);
        if (!(rows instanceof JsonArray array)) {
            return Optional.empty();
        }
        for (JsonNode row : array.elements()) {
            String entry = row instanceof JsonString text ? text.value() : Json.text(row, "ip");
            if (!entry.isBlank()) {
                entries.add(entry.strip());
            }
        }
        boolean all = Json.number(answer, "total").orElse(entries.size()) <= entries.size();
        return all ? Optional.of(entries) : Optional.empty();
    }

    void addTo(String table, String address) throws RouterException {
        change("add", table, address);
    }

    void deleteFrom(String table, String address) throws RouterException {
        change("delete", table, address);
    }

    private void change(String verb, String table, String address) throws RouterException {
        JsonNode answer = api.post(
                "firewall/alias_util/" + verb + "/" + table, JsonObject.create().add("address", address));
        String status = Json.text(answer, "status");
        if (!status.equals("done")) {
            throw new RouterException.Refused("cannot " + verb + " " + address + " in the table " + table + ": "
                    + status + " " + Json.text(answer, "status_msg"));
        }
    }
}
