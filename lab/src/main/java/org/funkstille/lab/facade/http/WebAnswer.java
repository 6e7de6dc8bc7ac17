package org.funkstille.lab.facade.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer to a request.
 *
 * @param headers without {@code Content-Length}, which the server adds
 */
public record WebAnswer(int status, Map<String, String> headers, Bytes body) {

    public WebAnswer {
        headers = Map.copyOf(headers);
    }

    /** With no body. */
    public static WebAnswer of(int status) {
        return new WebAnswer(status, Map.of(), Bytes.NONE);
    }

    /** @param type {@code text/html}, … */
    public static WebAnswer of(int status, String type, String body) {
        return new WebAnswer(status, Map.of("Content-Type", type), Bytes.of(body));
    }

    public static WebAnswer json(int status, String body) {
        return of(status, "application/json", body);
    }

    public static WebAnswer html(int status, String body) {
        return of(status, "text/html; charset=UTF-8", body);
    }

    public WebAnswer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WebAnswer(status, more, body);
    }
}
