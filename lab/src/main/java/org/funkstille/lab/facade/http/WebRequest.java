package org.funkstille.lab.facade.http;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in, whole.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param path decoded, without the query
 * @param headers by name in lower case; several of one name are joined with a comma (RFC 9110 5.3)
 * @param client who asks
 */
public record WebRequest(
        String method,
        String path,
        Parameters query,
        Map<String, String> headers,
        Bytes body,
        InetSocketAddress client) {

    public WebRequest {
        headers = Map.copyOf(headers);
    }

    /** @param name in any case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body read as a form. */
    public Parameters form() {
        return Parameters.parse(body.text());
    }

    /** Without headers and body, which may hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
