package org.funkstille.routers.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a router answered.
 *
 * @param headers by name in lower case
 * @param text its body, read as UTF-8
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String text) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    @Override
    public String toString() {
        return "HTTP " + status + ", " + text.length() + " characters";
    }
}
