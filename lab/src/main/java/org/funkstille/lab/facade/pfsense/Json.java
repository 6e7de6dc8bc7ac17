package org.funkstille.lab.facade.pfsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonBoolean;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonNumber;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON value. The library's own values know no null, which this API is full of. Immutable. */
sealed interface Json {

    JsonNodeMapper MAPPER = JsonNodeMapper.builder().build();

    enum Null implements Json {
        NULL
    }

    record Text(String value) implements Json {}

    record Whole(long value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Its fields keep their order. */
    record Fields(Map<String, Json> values) implements Json {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        Json get(String field) {
            return values.getOrDefault(field, none());
        }

        boolean has(String field) {
            return values.containsKey(field);
        }

        Fields with(String field, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(values);
            more.put(field, value);
            return new Fields(more);
        }
    }

    static Json none() {
        return Null.NULL;
    }

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Whole(number);
    }

    static Json of(boolean bool) {
        return new Bool(bool);
    }

    static Items of(List<Json> values) {
        return new Items(values);
    }

    static Items texts(List<String> values) {
        return new Items(values.stream().map(Json::of).toList());
    }

    /** @param pairs names and values by turns */
    static Fields fields(Object... pairs) {
        Map<String, Json> values = new LinkedHashMap<>();
        for (int index = 0; index < pairs.length; index += 2) {
            values.put((String) pairs[index], value(pairs[index + 1]));
        }
        return new Fields(values);
    }

    private static Json value(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> of(text);
            case Boolean bool -> of(bool);
            case Number number -> of(number.longValue());
            default -> throw new IllegalArgumentException("no JSON: " + value);
        };
    }

    /** @throws RuntimeException where it is no JSON */
    static Json parse(String text) {
        return of(MAPPER.fromJson(text));
    }

    private static Json of(@Nullable JsonNode node) {
        return switch (node) {
            case null -> none();
            case JsonBoolean bool -> of(bool.value());
            case JsonNumber number -> of(number.longValue());
            case JsonArray array -> {
                List<Json> items = new ArrayList<>();
                for (JsonNode item : array.elements()) {
                    items.add(of(item));
                }
                yield new Items(items);
            }
            case JsonObject object -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                object.elements().forEach((name, value) -> fields.put(name, of(value)));
                yield new Fields(fields);
            }
            default -> of(node.text());
        };
    }

    default boolean isNull() {
        return this instanceof Null;
    }

    /** As a query would name it: text without quotes, {@code true}, {@code 12}; nothing for null. */
    default String plain() {
        return switch (this) {
            case Null _ -> "";
            case Text text -> text.value();
            case Whole number -> Long.toString(number.value());
            case Bool bool -> Boolean.toString(bool.value());
            case Items items -> items.values().stream().map(Json::plain).collect(Collectors.joining(","));
            case Fields fields -> fields.written();
        };
    }

    /** The items of a list as text, else itself as the only one; none of null. */
    default List<String> plainItems() {
        return switch (this) {
            case Null _ -> List.of();
            case Items items -> items.values().stream().map(Json::plain).toList();
            default -> List.of(plain());
        };
    }

    default boolean isTrue() {
        return this instanceof Bool bool && bool.value();
    }

    /** As JSON. */
    default String written() {
        return switch (this) {
            case Null _ -> "null";
            case Text text -> quoted(text.value());
            case Whole number -> Long.toString(number.value());
            case Bool bool -> Boolean.toString(bool.value());
            case Items items -> items.values().stream().map(Json::written).collect(Collectors.joining(",", "[", "]"));
            case Fields fields ->
                fields.values().entrySet().stream()
                        .map(entry ->
                                quoted(entry.getKey()) + ":" + entry.getValue().written())
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    /** PHP's json_encode writes a slash with a backslash in front. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            switch (letter) {
                case '"', '\\', '/' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (letter < ' ' || letter > '~') {
                        quoted.append("\\u%04x".formatted((int) letter));
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
