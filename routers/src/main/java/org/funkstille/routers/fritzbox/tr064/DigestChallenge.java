package org.funkstille.routers.fritzbox.tr064;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server asks of whoever wants in by HTTP digest authentication (RFC 7616, and RFC 2617 for those without a
 * quality of protection). The JDK's own client knows it as well, but tries a wrong password more than once.
 *
 * @param stale the answer before was right, but its nonce is too old
 */
public record DigestChallenge(
        Algorithm algorithm, String realm, String nonce, Optional<String> opaque, boolean protects, boolean stale) {

    private static final Pattern SCHEME = Pattern.compile("(?:^|,)\\s*Digest\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

    /** A hash function that both sides may use; the last is the strongest. */
    public enum Algorithm {
        MD5("MD5"),
        SHA_256("SHA-256");

        private final String text;

        Algorithm(String text) {
            this.text = text;
        }

        private static Optional<Algorithm> named(String name) {
            return Arrays.stream(values())
                    .filter(one -> one.text.equalsIgnoreCase(name))
                    .findFirst();
        }

        private String hash(String input) {
            try {
                byte[] digest = MessageDigest.getInstance(text).digest(input.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException impossible) {
                // Every Java has both.
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * The strongest that we can answer.
     *
     * @param headers all of {@code WWW-Authenticate}
     */
    public static Optional<DigestChallenge> strongest(List<String> headers) {
        List<DigestChallenge> all = new ArrayList<>();
        for (String header : headers) {
            Matcher scheme = SCHEME.matcher(header);
            List<Integer> starts = new ArrayList<>();
            while (scheme.find()) {
                starts.add(scheme.end());
            }
            for (int index = 0; index < starts.size(); index++) {
                int end = index + 1 < starts.size() ? starts.get(index + 1) : header.length();
                parse(header.substring(starts.get(index), end)).ifPresent(all::add);
            }
        }
        return all.stream().max(Comparator.comparing(DigestChallenge::algorithm));
    }

    private static Optional<DigestChallenge> parse(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        Optional<Algorithm> algorithm = Algorithm.named(parameters.getOrDefault("algorithm", "MD5"));
        Optional<List<String>> protections = Optional.ofNullable(parameters.get("qop"))
                .map(list -> Arrays.stream(list.split(",")).map(String::strip).toList());
        boolean answerable = protections.isEmpty() || protections.get().contains("auth");
        String nonce = parameters.get("nonce");
        if (algorithm.isEmpty() || nonce == null || !answerable) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(
                algorithm.get(),
                parameters.getOrDefault("realm", ""),
                nonce,
                Optional.ofNullable(parameters.get("opaque")),
                protections.isPresent(),
                Boolean.parseBoolean(parameters.get("stale"))));
    }

    /**
     * The value of {@code Authorization}.
     *
     * @param uri as it stands in the request line
     * @param count how many answers to this challenge there were, with this one
     * @param ownNonce of ours, another one for each request
     */
    public String answer(Credentials credentials, String method, String uri, int count, String ownNonce) {
        String secret = algorithm.hash(credentials.user() + ":" + realm + ":" + credentials.password());
        String request = algorithm.hash(method + ":" + uri);
        String counted = String.format(Locale.ROOT, "%08x", count);
        String response = protects
                ? algorithm.hash(String.join(":", secret, nonce, counted, ownNonce, "auth", request))
                : algorithm.hash(String.join(":", secret, nonce, request));
        StringBuilder header = new StringBuilder("Digest username=")
                .append(quoted(credentials.user()))
                .append(", realm=")
                .append(quoted(realm))
                .append(", nonce=")
                .append(quoted(nonce))
                .append(", uri=")
                .append(quoted(uri))
                .append(", response=")
                .append(quoted(response))
                .append(", algorithm=")
                .append(algorithm.text);
        if (protects) {
            header.append(", qop=auth, nc=").append(counted).append(", cnonce=").append(quoted(ownNonce));
        }
        opaque.ifPresent(text -> header.append(", opaque=").append(quoted(text)));
        return header.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
