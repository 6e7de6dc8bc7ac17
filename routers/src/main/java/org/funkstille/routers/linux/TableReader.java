package org.funkstille.routers.linux;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import io.avaje.json.node.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.funkstille.core.net.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nft -j list table} prints of our table (nft 1.0 and 1.1), and the documents that we write ourselves,
 * where each object stands in an {@code add} command.
 */
final class TableReader {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    /** Attributes that differ from one listing to the next, or that carry what is read elsewhere. */
    private static final Set<String> PASSING = Set.of("handle", "elem");

    private final Map<String, Integer> rulesOf = new HashMap<>();
    private final List<String> layout = new ArrayList<>();
    private final Map<Element, Long> elements = new HashMap<>();
    private final Map<Mac, TableState.Window> windows = new HashMap<>();
    private final Map<Mac, Long> refused = new HashMap<>();

    private TableReader() {}

    /** @throws IllegalArgumentException where the text is not what nft prints */
    static TableState read(String json) {
        JsonNode root = parse(json);
        if (!(root instanceof JsonObject object) || !(object.elements().get("nftables") instanceof JsonArray items)) {
            throw new IllegalArgumentException("not a listing of nft: no \"nftables\"");
        }
        TableReader reader = new TableReader();
        for (JsonNode item : items.elements()) {
            if (item instanceof JsonObject one) {
                reader.item(one.elements().get("add") instanceof JsonObject added ? added : one);
            }
        }
        List<String> sorted = new ArrayList<>(reader.layout);
        sorted.sort(null);
        return new TableState(sorted, reader.elements, reader.windows, reader.refused);
    }

    static JsonNode parse(String json) {
        try {
            return JSON.fromJson(json);
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("not a listing of nft: " + malformed.getMessage(), malformed);
        }
    }

    private void item(JsonObject item) {
        for (Map.Entry<String, JsonNode> entry : item.elements().entrySet()) {
            if (!(entry.getValue() instanceof JsonObject body)) {
                continue;
            }
            switch (entry.getKey()) {
                case "rule" -> {
                    int number = rulesOf.merge(text(body, "chain"), 1, Integer::sum);
                    layout.add("rule " + text(body, "chain") + " " + number + " "
                            + canonical(body.elements().get("expr")));
                }
                case "chain" -> layout.add("chain " + attributes(body));
                case "set", "map" -> {
                    layout.add("set " + attributes(body));
                    elementsOf(body);
                }
                case "element" -> elementsOf(body);
                default -> {
                    // the table itself, nft's own version
                }
            }
        }
    }

    private void elementsOf(JsonObject set) {
        String name = text(set, "name");
        if (!(set.elements().get("elem") instanceof JsonArray items)) {
            return;
        }
        if (name.equals(Table.HOUSE)) {
            Set<String> interfaces = new TreeSet<>();
            items.elements().forEach(item -> interfaces.add(item.text()));
            layout.add("house " + interfaces);
            return;
        }
        for (JsonNode item : items.elements()) {
            element(name, item);
        }
    }

    private void element(String set, JsonNode item) {
        boolean leads = item instanceof JsonArray pair && pair.size() == 2;
        JsonNode left =
                item instanceof JsonArray pair && leads ? pair.elements().getFirst() : item;
        String chain =
                item instanceof JsonArray pair && leads ? target(pair.elements().getLast()) : "";
        JsonObject detail =
                left instanceof JsonObject object && object.elements().get("elem") instanceof JsonObject inner
                        ? inner
                        : JsonObject.empty();
        JsonNode key = Optional.ofNullable(detail.elements().get("val")).orElse(left);
        String device = detail.extract("comment", "");
        String owner = device.startsWith(Table.MARK) ? device.substring(Table.MARK.length()) : device;
        long packets =
                detail.elements().get("counter") instanceof JsonObject counter ? counter.extract("packets", 0L) : 0;
        switch (set) {
            case Table.WINDOW ->
                Mac.tryParse(key.text())
                        .ifPresent(
                                mac -> windows.put(mac, new TableState.Window(owner, detail.extract("expires", 0L))));
            case Table.REFUSED -> Mac.tryParse(key.text()).ifPresent(mac -> refused.put(mac, packets));
            default -> elements.put(new Element(set, json(key), chain, owner), packets);
        }
    }

    private static String target(JsonNode verdict) {
        if (verdict instanceof JsonObject object && object.elements().get("goto") instanceof JsonObject body) {
            return body.extract("target", "");
        }
        return canonical(verdict);
    }

    private static String attributes(JsonObject body) {
        Map<String, String> sorted = new TreeMap<>();
        body.elements().forEach((name, value) -> {
            if (!PASSING.contains(name)) {
                sorted.put(name, canonical(value));
            }
        });
        return sorted.toString();
    }

    private static String text(JsonObject body, String name) {
        return body.extract(name, "");
    }

    /** The node as text in which the order of object members does not matter. */
    private static String canonical(@Nullable JsonNode node) {
        return switch (node) {
            case null -> "null";
            case JsonObject object -> {
                Map<String, String> sorted = new TreeMap<>();
                object.elements().forEach((name, value) -> sorted.put(name, canonical(value)));
                yield sorted.toString();
            }
            case JsonArray array ->
                array.elements().stream().map(TableReader::canonical).toList().toString();
            default -> node.text();
        };
    }

    /** The key as {@link NftJson} writes it. */
    private static String json(JsonNode node) {
        return switch (node) {
            case JsonString string -> NftJson.quote(string.text());
            case JsonArray array ->
                "["
                        + String.join(
                                ",",
                                array.elements().stream().map(TableReader::json).toList()) + "]";
            case JsonObject object ->
                "{"
                        + String.join(
                                ",",
                                object.elements().entrySet().stream()
                                        .map(entry -> NftJson.quote(entry.getKey()) + ":" + json(entry.getValue()))
                                        .toList())
                        + "}";
            default -> node.text();
        };
    }
}
