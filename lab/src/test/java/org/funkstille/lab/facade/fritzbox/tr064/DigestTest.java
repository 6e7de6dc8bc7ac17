package org.funkstille.lab.facade.fritzbox.tr064;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.funkstille.lab.facade.fritzbox.tr064.Digest.Verdict;
import org.funkstille.lab.facade.http.Bytes;
import org.funkstille.lab.facade.http.Parameters;
import org.funkstille.lab.facade.http.WebRequest;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final String PATH = "/upnp/control/hosts";

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Digest digest = new Digest("anna", "secret", () -> now);

    private static WebRequest request(Map<String, String> headers) {
        return new WebRequest(
                "POST",
                PATH,
                Parameters.parse(""),
                headers,
                Bytes.NONE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    }

    private Verdict check(String nonce, String nc, String password, String uri) throws Exception {
        String response =
                md5(md5("anna:HTTPS Access:" + password) + ":" + nonce + ":" + nc + ":c:auth:" + md5("POST:" + uri));
        return digest.check(request(Map.of(
                "authorization",
                "Digest username=\"anna\", realm=\"HTTPS Access\", nonce=\"%s\", uri=\"%s\", qop=auth, nc=%s, cnonce=\"c\", response=\"%s\""
                        .formatted(nonce, uri, nc, response))));
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String nonce() {
        String challenge = digest.challenge(false);
        assertThat(challenge).contains("realm=\"HTTPS Access\"", "algorithm=MD5", "qop=\"auth\"");
        return challenge.replaceFirst(".*nonce=\"([^\"]+)\".*", "$1");
    }

    @Test
    void eachCountOfANonceIsGoodForOneRequest() throws Exception {
        String nonce = nonce();
        assertThat(check(nonce, "00000001", "secret", PATH)).isEqualTo(Verdict.RIGHT);
        assertThat(check(nonce, "00000002", "secret", PATH)).isEqualTo(Verdict.RIGHT);
        assertThat(check(nonce, "00000001", "secret", PATH)).isEqualTo(Verdict.STALE);
    }

    @Test
    void anOldOrForgottenNonceIsStaleWhichIsNoWrongPassword() throws Exception {
        String nonce = nonce();
        now = now.plus(Duration.ofMinutes(6));
        assertThat(check(nonce, "00000001", "secret", PATH)).isEqualTo(Verdict.STALE);
        String other = nonce();
        digest.forget();
        assertThat(check(other, "00000001", "secret", PATH)).isEqualTo(Verdict.STALE);
        assertThat(digest.challenge(true)).contains("stale=true");
    }

    @Test
    void aWrongPasswordOrAnotherPathIsRefused() throws Exception {
        String nonce = nonce();
        assertThat(check(nonce, "00000001", "guess", PATH)).isEqualTo(Verdict.WRONG);
        assertThat(check(nonce, "00000001", "secret", "/upnp/control/x_hostfilter"))
                .isEqualTo(Verdict.WRONG);
        assertThat(digest.check(request(Map.of("authorization", "Basic YW5uYTpzZWNyZXQ="))))
                .isEqualTo(Verdict.WRONG);
        assertThat(digest.check(request(Map.of()))).isEqualTo(Verdict.MISSING);
    }
}
