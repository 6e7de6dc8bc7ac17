package org.funkstille.routers.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param path with its query, as it stands in the request line: {@code /api/v2/firewall/rules?limit=0}
 * @param headers may hold secrets, so they are never printed
 * @param patience how long an answer may take, from the first byte sent to the last received
 */
public record HttpCall(
        String method, String path, Map<String, String> headers, Optional<String> body, Duration patience) {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(20);

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), Optional.empty(), USUAL_PATIENCE);
    }

    public static HttpCall of(String method, String path, String contentType, String body) {
        return new HttpCall(method, path, Map.of("Content-Type", contentType), Optional.of(body), USUAL_PATIENCE);
    }

    public HttpCall with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new HttpCall(method, path, all, body, patience);
    }

    public HttpCall within(Duration newPatience) {
        return new HttpCall(method, path, headers, body, newPatience);
    }

    /** What is asked for, without anything secret. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }
}
