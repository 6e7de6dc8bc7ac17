package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import io.avaje.json.node.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/**
 * OPNsense's own API, {@code /api/<module>/<controller>/<command>/…}, with Basic authentication by key and secret.
 *
 * <p>What it says where it refuses (seen on 25.1.12, 25.7.11, 26.1.11 and 26.7.2): 401 for a wrong key, a redirect to the
 * login where the key did not arrive, 403 where the key's user lacks a privilege, 404 for a route that this version does
 * not have, 500 with {@code errorMessage}; a field that is not valid is HTTP 200 with {@code "result":"failed"} and
 * {@code validations}, whose values are texts or lists of texts. Routes are found before privileges are asked for, so a
 * 403 also says that a route exists.
 */
final class OpnSenseApi {

    private static final String PREFIX = "/api/";

    /** A reload of all rules with large tables takes its time. */
    private static final Duration RELOADING = Duration.ofSeconds(60);

    private static final int NOT_FOUND = 404;

    private final RouterHttp http;
    private final String authorization;

    /** @param keyAndSecret {@code key:secret}, as in the file that OPNsense offers for download */
    OpnSenseApi(RouterHttp http, String keyAndSecret) {
        this.http = http;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString(keyAndSecret.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks; changes nothing. */
    JsonNode get(String path) throws RouterException {
        return answer(HttpCall.get(PREFIX + path));
    }

    /** Asks for what some versions do not offer: nothing where the route does not exist. */
    Optional<JsonNode> ifOffered(String path) throws RouterException {
        return ifOffered(HttpCall.get(PREFIX + path));
    }

    Optional<JsonNode> postIfOffered(String path, JsonNode body) throws RouterException {
        return ifOffered(writing(path, body));
    }

    private Optional<JsonNode> ifOffered(HttpCall call) throws RouterException {
        HttpAnswer answer = send(call);
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(read(call, answer));
    }

    /** Also asks: searches are posted. */
    JsonNode post(String path, JsonNode body) throws RouterException {
        return answer(writing(path, body));
    }

    /** Has a service or the filter take over what was saved; waits longer. */
    JsonNode reload(String path) throws RouterException {
        return answer(writing(path, JsonObject.create()).within(RELOADING));
    }

    private static HttpCall writing(String path, JsonNode body) {
        // Without a body and its type, a write is taken for none: 200 {"result":"failed"}.
        return HttpCall.of("POST", PREFIX + path, "application/json", Json.write(body));
    }

    /** All rows of a search. */
    List<JsonObject> search(String path) throws RouterException {
        return Json.objects(post(path, everything()), "rows");
    }

    /** All rows of a search that some versions, or routers without some plugin, do not offer: none then. */
    List<JsonObject> searchIfOffered(String path) throws RouterException {
        return postIfOffered(path, everything())
                .map(answer -> Json.objects(answer, "rows"))
                .orElse(List.of());
    }

    private static JsonObject everything() {
        return JsonObject.create().add("current", 1).add("rowCount", -1).add("searchPhrase", "");
    }

    /**
     * Saves an object.
     *
     * @return its uuid, where the router tells one
     * @throws RouterException.Refused with the router's words, where it was not saved
     */
    Optional<String> save(String path, String envelope, Map<String, String> fields) throws RouterException {
        HttpCall call = writing(path, Json.of(envelope, Json.texts(fields)));
        JsonNode answer = answer(call);
        demand(call, answer, "saved");
        return Optional.of(Json.text(answer, "uuid")).filter(uuid -> !uuid.isEmpty());
    }

    /** @return false where there was nothing to delete */
    boolean delete(String path) throws RouterException {
        HttpCall call = writing(path, JsonObject.create());
        JsonNode answer = answer(call);
        if (Json.text(answer, "result").equals("not found")) {
            return false;
        }
        demand(call, answer, "deleted");
        return true;
    }

    private void demand(HttpCall call, JsonNode answer, String wanted) throws RouterException.Refused {
        String result = Json.text(answer, "result");
        if (!result.equals(wanted)) {
            List<String> reasons = new ArrayList<>();
            Json.member(answer, "validations")
                    .ifPresent(fields -> Json.members(fields)
                            .forEach((field, words) -> reasons.add(field + ": " + String.join("; ", words(words)))));
            String said = result.isEmpty() ? "nothing that says whether it was done" : "\"" + result + "\"";
            throw new RouterException.Refused(http.about(call) + "the router answered " + said
                    + (reasons.isEmpty() ? " and gave no reason" : ": " + String.join(", ", reasons)));
        }
    }

    private static List<String> words(JsonNode node) {
        return switch (node) {
            case JsonString text -> List.of(text.value());
            case JsonArray array ->
                array.elements().stream().flatMap(one -> words(one).stream()).toList();
            case JsonObject object ->
                object.elements().values().stream()
                        .flatMap(one -> words(one).stream())
                        .toList();
            default -> List.of(node.text());
        };
    }

    private JsonNode answer(HttpCall call) throws RouterException {
        HttpAnswer answer = send(call);
        if (answer.status() == NOT_FOUND) {
            throw new RouterException.Refused(
                    http.about(call) + "this version of OPNsense does not have that; Funkstille needs 25.1 or later");
        }
        return read(call, answer);
    }

    private HttpAnswer send(HttpCall call) throws RouterException {
        return http.send(call.with("Authorization", authorization).with("Accept", "application/json"));
    }

    private JsonNode read(HttpCall call, HttpAnswer answer) throws RouterException {
        Optional<JsonNode> body = Json.parse(answer.text());
        return switch (answer.status()) {
            case 200, 201 ->
                body.orElseThrow(() -> new RouterException.Unreachable(
                        http.about(call) + "the answer is cut off or is no JSON (" + answer + ")"));
            case 301, 302, 303, 307, 308 ->
                throw new RouterException.NotPermitted(
                        http.about(call)
                                + "the router sends us to its login page: the key did not reach it. Is there something between"
                                + " us that takes the Authorization header away, and is via: the address of the router itself?");
            case 401 ->
                throw new RouterException.NotPermitted(http.about(call)
                        + "key or secret are wrong. Make a new pair (System > Access > Users, API keys) and write"
                        + " key:secret into the file that key: names");
            case 403 ->
                throw new RouterException.NotPermitted(http.about(call) + "the key's user " + Privileges.LACKS
                        + Privileges.of(call.path()) + "; add it (System > Access > Users, Privileges)");
            case 500 ->
                throw new RouterException.Refused(http.about(call) + "the router refused: "
                        + body.map(OpnSenseApi::reason).orElse("it gave no reason"));
            default ->
                throw new RouterException.Unreachable(
                        http.about(call) + "HTTP " + answer.status() + ", which this interface does not answer");
        };
    }

    private static String reason(JsonNode body) {
        String title = Json.text(body, "errorTitle").strip();
        String message = Json.text(body, "errorMessage").strip();
        String said = title.isEmpty() || message.isEmpty() ? title + message : title + ": " + message;
        return said.isEmpty() ? "it gave no reason" : said;
    }
}
