package org.funkstille.discovery.routers;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.discovery.network.PlainText;

/**
 * What a web server answered.
 *
 * @param headers by name in lower case; of several the first
 * @param body as much as was read of it, each octet a character
 * @param certificate where it was asked with TLS
 */
record WebAnswer(int status, Map<String, String> headers, String body, Optional<ServerCertificate> certificate) {

    private static final Pattern TITLE =
            Pattern.compile("<title>\\s*([^<]{1,200}?)\\s*</title>", Pattern.CASE_INSENSITIVE);

    WebAnswer {
        headers = Map.copyOf(headers);
    }

    /** The title of a page, made harmless; empty where it has none. */
    String title() {
        Matcher matcher = TITLE.matcher(body);
        return matcher.find() ? PlainText.of(matcher.group(1), 80) : "";
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean says(String text) {
        return body.contains(text);
    }

    boolean certifies(String text) {
        return certificate.filter(shown -> shown.subject().contains(text)).isPresent();
    }
}
