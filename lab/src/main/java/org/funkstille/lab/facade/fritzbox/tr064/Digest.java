package org.funkstille.lab.facade.fritzbox.tr064;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.lab.facade.http.WebRequest;

/**
 * HTTP digest authentication as a FRITZ!Box asks for it: MD5 with {@code qop=auth} (RFC 7616, RFC 2617). A nonce is good
 * for some minutes, each of its counts for one request; what comes later or twice is stale, which is no failed login.
 */
public final class Digest {

    /** Seen on boxes. */
    public static final String REALM = "HTTPS Access";

    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");
    private static final Duration NONCE_LIFE = Duration.ofMinutes(5); // no fact: a box tells nobody how long
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String user;
    private final String password;
    private final InstantSource clock;
    private final Map<String, Nonce> nonces = new HashMap<>();

    /** What to think of a request. */
    public enum Verdict {
        /** It says nothing about who sends it. */
        MISSING,
        /** Its login is right, its nonce is old. */
        STALE,
        WRONG,
        RIGHT
    }

    private record Nonce(Instant made, Set<String> counts) {}

    public Digest(String user, String password, InstantSource clock) {
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    /** The value of {@code WWW-Authenticate}. */
    public String challenge(boolean stale) {
        Instant now = clock.instant();
        nonces.values().removeIf(nonce -> isOld(nonce, now));
        byte[] octets = new byte[8];
        RANDOM.nextBytes(octets);
        String nonce = HexFormat.of().withUpperCase().formatHex(octets);
        nonces.put(nonce, new Nonce(now, new HashSet<>()));
        return "Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"%s"
                .formatted(REALM, nonce, stale ? ", stale=true" : "");
    }

    public Verdict check(WebRequest request) {
        Optional<String> header = request.header("Authorization");
        if (header.isEmpty()) {
            return Verdict.MISSING;
        }
        Map<String, String> fields = fields(header.get());
        if (!isRight(fields, request)) {
            return Verdict.WRONG;
        }
        Nonce nonce = nonces.get(fields.get("nonce"));
        boolean fresh = nonce != null && !isOld(nonce, clock.instant()) && nonce.counts.add(fields.get("nc"));
        return fresh ? Verdict.RIGHT : Verdict.STALE;
    }

    private static boolean isOld(Nonce nonce, Instant now) {
        return nonce.made.plus(NONCE_LIFE).isBefore(now);
    }

    private boolean isRight(Map<String, String> fields, WebRequest request) {
        Set<String> needed = Set.of("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce");
        if (!fields.keySet().containsAll(needed)
                || !user.equals(fields.get("username"))
                || !REALM.equals(fields.get("realm"))
                || !"auth".equals(fields.get("qop"))
                || !isOf(fields.getOrDefault("uri", ""), request.path())) {
            return false;
        }
        String secret = md5(user + ":" + REALM + ":" + password);
        String what = md5(request.method() + ":" + fields.get("uri"));
        String expected = md5(String.join(
                ":", secret, fields.get("nonce"), fields.get("nc"), fields.get("cnonce"), fields.get("qop"), what));
        return expected.equalsIgnoreCase(fields.get("response"));
    }

    private static boolean isOf(String uri, String path) {
        int query = uri.indexOf('?');
        return (query < 0 ? uri : uri.substring(0, query)).equals(path);
    }

    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (header.regionMatches(true, 0, "Digest ", 0, 7)) {
            Matcher matcher = PARAMETER.matcher(header.substring(7));
            while (matcher.find()) {
                fields.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return fields;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a restart of the box does to open nonces. */
    public void forget() {
        nonces.clear();
    }
}
