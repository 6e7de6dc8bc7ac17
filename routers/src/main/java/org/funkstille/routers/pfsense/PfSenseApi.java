package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/**
 * The REST API of the package pfSense-pkg-RESTAPI, version 2 (read in v2.10.0). May be used by several threads.
 *
 * <p>A login that was refused is not tried again for an hour: pfSense locks out whoever fails a few times.
 */
final class PfSenseApi {

    /** Longer than pfSense remembers failures; a guard that met a box in the middle of an update comes back. */
    private static final Duration REFUSED_FOR = Duration.ofHours(1);

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final String BASE = "/api/v2/";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final String INSTALL = "the REST API package is not there. A pfSense update takes it away, and it"
            + " is not in pfSense's own list of packages. Install the file of"
            + " https://github.com/pfrest/pfSense-pkg-RESTAPI/releases that is made for your pfSense, in a shell of the"
            + " router: pkg-static add followed by the address of that file (CE 2.7.2: release v2.4.3; CE 2.8.0: v2.5 to"
            + " v2.7; CE 2.8.1: v2.6 or later; Plus 25.11.1, 26.03: v2.8 or later). Then allow KeyAuth in System > REST"
            + " API. Settings and keys are kept";

    private final RouterHttp http;
    private final PfSenseLogin login;
    private volatile Optional<String> refused = Optional.empty();
    private volatile long refusedAt;

    PfSenseApi(RouterHttp http, PfSenseLogin login) {
        this.http = http;
        this.login = login;
    }

    /** All objects of a plural endpoint that match. */
    List<Item> list(String path, Map<String, String> query) throws RouterException {
        return required(HttpCall.get(BASE + path + query(query)), path).items();
    }

    List<Item> list(String path) throws RouterException {
        // Zero: all of them (COMMON_CONTROL_PARAMETERS).
        return list(path, Map.of("limit", "0"));
    }

    /** As {@link #list}, or nothing where this version of the package has no such endpoint. */
    Optional<List<Item>> listIfThere(String path, Map<String, String> query) throws RouterException {
        PfSenseAnswer answer = ask(HttpCall.get(BASE + path + query(query)), path);
        if (answer.code() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(required(answer).items());
    }

    Item one(String path) throws RouterException {
        return first(required(HttpCall.get(BASE + path), path));
    }

    Item post(String path, JsonObject body) throws RouterException {
        return first(required(tryPost(path, body)));
    }

    /** What a program that the router runs printed, and how it ended. */
    Printed run(String command) throws RouterException {
        PfSenseAnswer answer = required(
                tryPost("diagnostics/command_prompt", JsonObject.create().add("command", command)));
        Item item = first(answer);
        return new Printed(item.number("result_code"), answer.output().orElseGet(() -> item.textOr("output", "")));
    }

    /** @param exit 0 where it did what it was told */
    record Printed(long exit, String text) {}

    /** For what takes its time: the answer comes when it is done. */
    Item post(String path, JsonObject body, Duration patience) throws RouterException {
        HttpCall call = HttpCall.of("POST", BASE + path, "application/json", JSON.toJson(body))
                .within(patience);
        return first(required(ask(call, path)));
    }

    /** For what the router may refuse for reasons that we can tell better than it. */
    PfSenseAnswer tryPost(String path, JsonObject body) throws RouterException {
        return ask(HttpCall.of("POST", BASE + path, "application/json", JSON.toJson(body)), path);
    }

    Item patch(String path, JsonObject body) throws RouterException {
        return first(required(HttpCall.of("PATCH", BASE + path, "application/json", JSON.toJson(body)), path));
    }

    /**
     * Deletes what matches. Ids are positions and shift under us whenever anybody changes something, so objects are named
     * by what they are.
     *
     * @param query at least one field, or all would be deleted
     * @return what was deleted
     */
    List<Item> delete(String path, Map<String, String> query) throws RouterException {
        if (query.isEmpty() || query.values().stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a deletion that would match everything: " + path);
        }
        HttpCall call = HttpCall.get(BASE + path + query(query));
        return required(new HttpCall("DELETE", call.path(), call.headers(), call.body(), call.patience()), path)
                .items();
    }

    private static String query(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Item first(PfSenseAnswer answer) throws RouterException {
        return answer.items().stream()
                .findFirst()
                .orElseThrow(() -> new RouterException.Unreachable(answer.about() + "its answer tells nothing"));
    }

    private PfSenseAnswer required(HttpCall call, String path) throws RouterException {
        return required(ask(call, path));
    }

    private static PfSenseAnswer required(PfSenseAnswer answer) throws RouterException {
        if (!answer.ok()) {
            throw new RouterException.Refused(answer.words());
        }
        return answer;
    }

    private PfSenseAnswer ask(HttpCall call, String path) throws RouterException {
        Optional<String> before = refused;
        if (before.isPresent() && System.nanoTime() - refusedAt < REFUSED_FOR.toNanos()) {
            throw new RouterException.NotPermitted(before.get());
        }
        HttpAnswer answer = http.send(call.with(login.header(), login.value()).with("Accept", "application/json"));
        LongOutput parts = LongOutput.of(answer.text());
        Optional<JsonObject> envelope = envelope(parts.json());
        if (answer.status() == UNAUTHORIZED) {
            String message = http.about(call) + "it does not accept " + login + told(envelope)
                    + ". Not tried again for an hour, since pfSense locks out whoever fails a few times; by default it takes only"
                    + " passwords (System > REST API > Settings > Authentication Methods)";
            refusedAt = System.nanoTime();
            refused = Optional.of(message);
            throw new RouterException.NotPermitted(message);
        }
        if (answer.status() == FORBIDDEN) {
            throw new RouterException.NotPermitted(forbidden(call, path, envelope));
        }
        if (envelope.isEmpty()) {
            throw notTheApi(call, answer);
        }
        Item item = new Item(envelope.get());
        JsonNode data = item.get("data").orElseGet(JsonArray::create);
        return new PfSenseAnswer(
                http.about(call),
                answer.status(),
                item.textOr("response_id", ""),
                item.textOr("message", ""),
                data,
                parts.output());
    }

    private String forbidden(HttpCall call, String path, Optional<JsonObject> envelope) {
        String id =
                envelope.map(json -> new Item(json).textOr("response_id", "")).orElse("");
        if (id.endsWith("BY_ACL")) {
            return http.about(call) + "its access list does not let this machine in (System > REST API > Access List)"
                    + told(envelope);
        }
        String privilege = "api-v2-" + path.replace('/', '-').replace('_', '-') + "-"
                + call.method().toLowerCase(Locale.ROOT);
        return http.about(call) + "the user of " + login + " lacks the privilege " + privilege
                + " (System > User Manager)" + told(envelope);
    }

    private static String told(Optional<JsonObject> envelope) {
        return envelope.map(Item::new)
                .map(item -> " (" + item.textOr("response_id", "") + ": " + item.textOr("message", "") + ")")
                .orElse("");
    }

    private RouterException notTheApi(HttpCall call, HttpAnswer answer) {
        boolean elsewhere = answer.status() == NOT_FOUND || answer.status() / 100 == 3;
        return elsewhere
                ? new RouterException.Refused(http.about(call) + "HTTP " + answer.status() + ": " + INSTALL)
                : new RouterException.Unreachable(
                        http.about(call) + "its answer is not one of the REST API (HTTP " + answer.status() + ")");
    }

    private static Optional<JsonObject> envelope(String text) {
        try {
            return JSON.fromJson(text) instanceof JsonObject object && object.containsKey("response_id")
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (RuntimeException notJson) {
            return Optional.empty();
        }
    }

    /** Of our own JSON: a list of texts. */
    static JsonArray array(List<String> texts) {
        JsonArray array = JsonArray.create();
        texts.forEach(array::add);
        return array;
    }
}
