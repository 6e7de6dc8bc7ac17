package org.funkstille.routers.opnsense;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.http.RouterHttp;

/** A web server on loopback that answers what a test tells it to, and remembers what it was asked. */
final class StubRouter implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Function<String, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final RouterHttp http;

    /** @param query without question mark, may be empty */
    record Asked(String method, String path, String query, String body, Optional<String> authorization) {}

    record Answer(int status, String body) {}

    StubRouter() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.start();
        http = RouterHttp.plain("box", "127.0.0.1", server.getAddress().getPort(), NetworkNamespace.current());
    }

    OpnSenseApi api() {
        return new OpnSenseApi(http, "key:secret");
    }

    StubRouter answers(String path, String body) {
        return answers(path, 200, body);
    }

    StubRouter answers(String path, int status, String body) {
        answers.put(path, sent -> new Answer(status, body));
        return this;
    }

    /** @param body made of the body of the request */
    StubRouter answersTo(String path, Function<String, String> body) {
        answers.put(path, sent -> new Answer(200, body.apply(sent)));
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> paths() {
        return asked.stream().map(Asked::path).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath().replaceFirst("^/api/", "");
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        asked.add(new Asked(
                exchange.getRequestMethod(),
                path,
                query,
                body,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
        String key = query.isEmpty() ? path : path + "?" + query;
        Answer answer = answers.getOrDefault(
                        key,
                        answers.getOrDefault(
                                path, sent -> new Answer(404, "{\"errorMessage\":\"Endpoint not found\"}")))
                .apply(body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        http.close();
        server.stop(0);
    }
}
