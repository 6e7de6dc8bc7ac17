package org.funkstille.routers.pfsense;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.http.RouterHttp;

/**
 * As much of the API as a driver asks for, over plain HTTP on loopback: collections that are lists, with positions for
 * ids. No packet filter is behind it.
 */
final class StubPfSense implements AutoCloseable {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final HttpServer server;
    private final Map<String, List<JsonObject>> collections = new HashMap<>();
    private final Map<String, String> fixed = new HashMap<>();
    final List<String> requests = new ArrayList<>();
    private final List<Trap> traps = new ArrayList<>();
    private long tracker = 1_795_000_000;

    /** Something that happens once, just before a request is answered; an answer of its own ends it there. */
    private record Trap(Predicate<String> when, Happening happening) {}

    interface Happening {

        Optional<Answer> happen();
    }

    record Answer(int status, String body) {}

    StubPfSense() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        for (String plural : List.of("firewall/rules", "firewall/aliases", "firewall/schedules")) {
            collections.put(plural, new ArrayList<>());
        }
        for (String empty : List.of("status/dhcp_server/leases", "diagnostics/arp_table", "firewall/states")) {
            collections.put(empty, new ArrayList<>());
        }
        fixed.put("system/timezone", "{\"timezone\":\"Europe/Berlin\"}");
        fixed.put("firewall/apply", "{\"applied\":true,\"pending_subsystems\":[]}");
        fixed.put("services/dhcp_server/apply", "{\"applied\":true}");
        fixed.put("system/version", "{\"version\":\"2.8.1-RELEASE\"}");
        fixed.put("services/dhcp_servers", "[{\"id\":\"lan\",\"staticmap\":[]},{\"id\":\"opt1\",\"staticmap\":[]}]");
        fixed.put("status/interfaces", """
                [{"name":"wan","descr":"WAN","hwif":"em0","ipaddr":"203.0.113.2","subnet":"255.255.255.0"},
                 {"name":"lan","descr":"LAN","hwif":"em1","ipaddr":"192.168.1.1","subnet":"255.255.255.0",
                  "ipaddrv6":"2001:db8:1::1","subnetv6":64,"linklocal":"fe80::1%em1"},
                 {"name":"opt1","descr":"IOT","hwif":"igb1.20","ipaddr":"192.168.20.1","subnet":24}]""");
    }

    RouterHttp http() {
        return RouterHttp.plain("home", "127.0.0.1", server.getAddress().getPort(), NetworkNamespace.current());
    }

    PfSenseApi api() {
        return new PfSenseApi(http(), new PfSenseLogin("X-API-Key", "topsecret", "the API key"));
    }

    /** @param path without base, as {@code firewall/rules} */
    synchronized List<JsonObject> all(String path) {
        return collections.computeIfAbsent(path, none -> new ArrayList<>());
    }

    static String text(JsonObject object, String field) {
        return new Item(object).textOr(field, "");
    }

    synchronized void says(String path, String data) {
        fixed.put(path, data);
    }

    synchronized void add(String path, String json) {
        all(path).add(object(json));
    }

    synchronized void insert(String path, int position, String json) {
        all(path).add(position, object(json));
    }

    static JsonObject object(String json) {
        // What is read cannot be changed.
        JsonObject object = JsonObject.create();
        ((JsonObject) JSON.fromJson(json)).elements().forEach(object::add);
        return object;
    }

    /** @param request how the request begins: {@code GET firewall/rules} */
    synchronized void once(String request, Happening happening) {
        traps.add(new Trap(line -> line.startsWith(request), happening));
    }

    synchronized void answerOnce(String request, int status, String body) {
        once(request, () -> Optional.of(new Answer(status, body)));
    }

    synchronized List<String> descriptions() {
        return all("firewall/rules").stream().map(rule -> text(rule, "descr")).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v2/", "");
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Answer answer = answer(exchange.getRequestMethod(), path, query, body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        query.remove("limit");
        return query;
    }

    private synchronized Answer answer(String method, String path, Map<String, String> query, String body) {
        String request = method + " " + path;
        requests.add(request + (query.isEmpty() ? "" : " " + new java.util.TreeMap<>(query)));
        Optional<Trap> trap =
                traps.stream().filter(one -> one.when().test(request)).findFirst();
        if (trap.isPresent()) {
            traps.remove(trap.get());
            Optional<Answer> own = trap.get().happening().happen();
            if (own.isPresent()) {
                return own.get();
            }
        }
        return switch (method) {
            case "GET" -> get(path, query);
            case "DELETE" -> delete(path, query);
            case "POST" -> fixed.containsKey(path) ? ok(fixed.get(path)) : post(path, object(body));
            default -> patch(path, object(body));
        };
    }

    private Answer get(String path, Map<String, String> query) {
        return fixed.containsKey(path)
                ? ok(fixed.get(path))
                : collections.containsKey(path) ? ok(json(matching(path, query))) : notFound();
    }

    private List<JsonObject> matching(String path, Map<String, String> query) {
        List<JsonObject> matching = new ArrayList<>();
        List<JsonObject> all = all(path);
        for (int index = 0; index < all.size(); index++) {
            JsonObject one = all.get(index);
            one.add("id", index);
            boolean fits = query.entrySet().stream().allMatch(entry -> {
                String field = entry.getKey().replace("__startswith", "");
                JsonNode value = one.elements().get(field);
                String text = value == null ? "" : value.text();
                return entry.getKey().equals(field) ? text.equals(entry.getValue()) : text.startsWith(entry.getValue());
            });
            if (fits) {
                matching.add(one);
            }
        }
        return matching;
    }

    private Answer delete(String path, Map<String, String> query) {
        List<JsonObject> gone = matching(path, query);
        String answer = json(gone);
        all(path).removeAll(gone);
        return ok(answer);
    }

    private static String plural(String path) {
        return path.endsWith("alias") ? path + "es" : path + "s";
    }

    private Answer post(String path, JsonObject body) {
        List<JsonObject> all = all(plural(path));
        JsonNode placement = body.remove("placement");
        if (path.equals("firewall/rule")) {
            body.add("tracker", tracker++);
        }
        if (path.equals("firewall/schedule")) {
            body.add("active", true);
        }
        all.add(placement == null ? all.size() : Integer.parseInt(placement.text()), body);
        return ok(JSON.toJson(body));
    }

    private Answer patch(String path, JsonObject body) {
        JsonObject object = all(plural(path)).get(Integer.parseInt(text(body, "id")));
        body.elements().forEach((field, value) -> object.add(field, value));
        return ok(JSON.toJson(object));
    }

    /** By hand: the library writes nothing for an empty list. */
    private static String json(List<JsonObject> objects) {
        return objects.stream().map(JSON::toJson).collect(Collectors.joining(",", "[", "]"));
    }

    private static Answer ok(String data) {
        return new Answer(
                200,
                "{\"code\":200,\"status\":\"ok\",\"response_id\":\"SUCCESS\",\"message\":\"\",\"data\":" + data + "}");
    }

    private static Answer notFound() {
        return error(404, "ENDPOINT_NOT_FOUND", "no such endpoint");
    }

    static Answer error(int status, String id, String message) {
        return new Answer(
                status,
                "{\"code\":%d,\"status\":\"error\",\"response_id\":\"%s\",\"message\":\"%s\",\"data\":[]}"
                        .formatted(status, id, message));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
