package org.funkstille.lab.facade.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.lab.facade.http.Parameters;
import org.funkstille.lab.facade.http.WebRequest;

/**
 * A request to the interface, taken apart.
 *
 * @param parameters what stands in the path behind the command
 * @param body what was posted as JSON, {@code $_POST} of PHP; empty where it was not an object
 */
record Call(WebRequest request, List<String> parameters, JsonObject body) {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    /** Malformed JSON is no error: it is read as nothing (opnsense/core, ApiControllerBase.php parseJsonBodyData). */
    static Call of(WebRequest request, List<String> parameters) {
        return new Call(
                request, parameters, isJson(request) ? parsed(request.body().text()) : form(request));
    }

    static boolean isJson(WebRequest request) {
        String type = request.header("Content-Type").orElse("").replace(" ", "").toLowerCase(java.util.Locale.ROOT);
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private static JsonObject parsed(String text) {
        try {
            return JSON.fromJson(text) instanceof JsonObject object ? object : JsonObject.create();
        } catch (RuntimeException malformed) {
            return JsonObject.create();
        }
    }

    /** {@code address=…} and {@code rule[enabled]=…}. */
    private static JsonObject form(WebRequest request) {
        JsonObject object = JsonObject.create();
        Parameters form = request.form();
        for (Map.Entry<String, List<String>> field : form.values().entrySet()) {
            String[] names = field.getKey().replace("]", "").split("\\[");
            String value = field.getValue().getLast();
            if (names.length == 2) {
                JsonObject inner =
                        object.elements().get(names[0]) instanceof JsonObject known ? known : JsonObject.create();
                object.add(names[0], inner.add(names[1], value));
            } else {
                object.add(names[0], value);
            }
        }
        return object;
    }

    boolean isPost() {
        return request.method().equals("POST");
    }

    /** The parameter in the path at that place, from 0. */
    Optional<String> parameter(int place) {
        return place < parameters.size() ? Optional.of(parameters.get(place)) : Optional.empty();
    }

    Optional<JsonObject> posted(String envelope) {
        return isPost() && body.elements().get(envelope) instanceof JsonObject object
                ? Optional.of(object)
                : Optional.empty();
    }

    /** What was posted, or else stands in the query. */
    Optional<String> value(String name) {
        JsonNode posted = body.elements().get(name);
        return posted == null ? request.query().first(name) : text(posted);
    }

    /** As PHP makes a string of it; nothing of null. Lists are joined with commas. */
    static Optional<String> text(JsonNode node) {
        return switch (node.type()) {
            case NULL, OBJECT -> Optional.empty();
            case BOOLEAN -> Optional.of(node.text().equals("true") ? "1" : "");
            case ARRAY ->
                Optional.of(((JsonArray) node)
                        .elements().stream()
                                .flatMap(element -> text(element).stream())
                                .collect(Collectors.joining(",")));
            case STRING, NUMBER -> Optional.of(node.text());
        };
    }
}
