package org.funkstille.lab.facade.pfsense;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.funkstille.lab.facade.http.WebRequest;

/** Who may use the API, and for what: RESTAPI/Auth, docs/AUTHENTICATION_AND_AUTHORIZATION.md. */
final class Access {

    private static final String USER = "admin";
    private static final long TOKEN_SECONDS = 3600;

    private final PfSenseFacade.Options options;
    private final BoxTime time;
    private final String password = secret(9);
    private final String apiKey = secret(24);
    private final Map<String, Instant> tokens = new HashMap<>();

    Access(PfSenseFacade.Options options, BoxTime time) {
        this.options = options;
        this.time = time;
    }

    private static String secret(int octets) {
        byte[] random = new byte[octets];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    String user() {
        return USER;
    }

    String password() {
        return password;
    }

    String apiKey() {
        return apiKey;
    }

    /** The user's name; nothing where the request does not say who it is from, or lies. */
    Optional<String> user(WebRequest request) {
        boolean byKey = options.keyAuth()
                && request.header("X-API-Key").filter(apiKey::equals).isPresent();
        return byKey || isBasic(request) || isToken(request) ? Optional.of(USER) : Optional.empty();
    }

    boolean isBasic(WebRequest request) {
        String right = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return options.basicAuth()
                && request.header("Authorization")
                        .filter(("Basic " + right)::equals)
                        .isPresent();
    }

    private synchronized boolean isToken(WebRequest request) {
        return options.jwtAuth()
                && request.header("Authorization")
                        .filter(header -> header.startsWith("Bearer "))
                        .map(header -> tokens.get(header.substring("Bearer ".length())))
                        .filter(until -> time.clock().instant().isBefore(until))
                        .isPresent();
    }

    /** For an hour. */
    synchronized String newToken() {
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"alg\":\"HS256\",\"n\":\"" + secret(8) + "\"}").getBytes(StandardCharsets.UTF_8));
        String whole = token + "." + secret(16) + "." + secret(16);
        tokens.put(whole, time.clock().instant().plusSeconds(TOKEN_SECONDS));
        return whole;
    }

    /** @param path {@code diagnostics/command_prompt}; its privilege is {@code api-v2-diagnostics-command-prompt-post} */
    boolean permits(String path, String method) {
        return !options.missingPrivileges().contains(privilege(path, method));
    }

    static String privilege(String path, String method) {
        return "api-v2-" + path.replace('/', '-').replace('_', '-') + "-" + method.toLowerCase(Locale.ROOT);
    }
}
