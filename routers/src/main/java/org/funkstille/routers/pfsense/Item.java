package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One object of an answer. What is not there, null, or of another kind than asked for, reads as nothing. */
record Item(JsonObject json) {

    Optional<JsonNode> get(String field) {
        JsonNode node = json.elements().get(field);
        return node == null || node.type() == JsonNode.Type.NULL ? Optional.empty() : Optional.of(node);
    }

    /** Of a text, a number or a truth value. */
    Optional<String> text(String field) {
        return get(field)
                .filter(node -> !(node instanceof JsonArray) && !(node instanceof JsonObject))
                .map(JsonNode::text);
    }

    String textOr(String field, String otherwise) {
        return text(field).orElse(otherwise);
    }

    boolean is(String field) {
        return text(field).filter("true"::equals).isPresent();
    }

    long number(String field) {
        return text(field)
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    List<String> texts(String field) {
        return get(field).stream()
                .flatMap(node -> node instanceof JsonArray array ? array.stream() : Stream.of(node))
                .map(JsonNode::text)
                .toList();
    }

    List<Item> items(String field) {
        return get(field).stream().flatMap(Item::objects).toList();
    }

    static Stream<Item> objects(JsonNode node) {
        Stream<JsonNode> nodes = node instanceof JsonArray array ? array.stream() : Stream.of(node);
        return nodes.filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .map(Item::new);
    }
}
