package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonBoolean;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonNumber;
import io.avaje.json.node.JsonObject;
import io.avaje.json.node.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads JSON as PHP writes it: an empty object comes as {@code []}, numbers come as strings or as numbers, what is absent
 * may be {@code null}, and a field with options comes as a map of all options of which some are selected.
 */
final class Json {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private Json() {}

    /** Nothing where the text is no JSON, or is cut off. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.fromJson(text));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    static String write(JsonNode node) {
        return JSON.toJson(node);
    }

    /** An object with one member. */
    static JsonObject of(String name, JsonNode value) {
        return JsonObject.create().add(name, value);
    }

    /** An object of texts. */
    static JsonObject texts(Map<String, String> fields) {
        JsonObject object = JsonObject.create();
        fields.forEach(object::add);
        return object;
    }

    /** The members of an object; none of anything else. */
    static Map<String, JsonNode> members(JsonNode node) {
        return node instanceof JsonObject object ? object.elements() : Map.of();
    }

    static Optional<JsonNode> member(JsonNode node, String name) {
        return Optional.ofNullable(members(node).get(name));
    }

    /** The member's text; empty where it is absent or has none. */
    static String text(JsonNode node, String name) {
        return member(node, name).map(Json::text).orElse("");
    }

    /** Of options: the keys of those selected, with commas between. */
    private static String text(JsonNode node) {
        return switch (node) {
            case JsonString text -> text.value();
            case JsonNumber number -> number.text();
            case JsonBoolean truth -> "true".equals(truth.text()) ? "1" : "0";
            case JsonArray array ->
                String.join(",", array.elements().stream().map(Json::text).toList());
            case JsonObject options -> String.join(",", selected(options));
            default -> "";
        };
    }

    private static List<String> selected(JsonObject options) {
        List<String> keys = new ArrayList<>();
        options.elements().forEach((key, option) -> {
            if (text(option, "selected").equals("1")) {
                keys.add(key);
            }
        });
        return keys;
    }

    static OptionalLong number(JsonNode node, String name) {
        String text = text(node, name).strip();
        return text.matches("-?[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** True of {@code 1}, as a number, a text or a truth. */
    static boolean yes(JsonNode node, String name) {
        return text(node, name).equals("1");
    }

    /** The objects in a member that is an array of objects; none where it is anything else. */
    static List<JsonObject> objects(JsonNode node, String name) {
        return member(node, name).map(Json::objects).orElse(List.of());
    }

    static List<JsonObject> objects(JsonNode node) {
        List<JsonObject> found = new ArrayList<>();
        if (node instanceof JsonArray array) {
            for (JsonNode element : array.elements()) {
                if (element instanceof JsonObject object) {
                    found.add(object);
                }
            }
        }
        return found;
    }
}
