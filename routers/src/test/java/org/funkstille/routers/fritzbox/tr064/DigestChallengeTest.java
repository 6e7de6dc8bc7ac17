package org.funkstille.routers.fritzbox.tr064;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.funkstille.routers.fritzbox.tr064.DigestChallenge.Algorithm;
import org.junit.jupiter.api.Test;

class DigestChallengeTest {

    /** The example of RFC 7616, 3.9.1. */
    private static final String NONCE = "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"";

    private static final String REALM = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=";
    private static final String OPAQUE = "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String OWN_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");

    private static String challenge(String algorithm) {
        return "Digest " + REALM + algorithm + ", " + NONCE + ", " + OPAQUE;
    }

    private static DigestChallenge strongest(String... headers) {
        return DigestChallenge.strongest(List.of(headers)).orElseThrow();
    }

    @Test
    void theExamplesOfTheStandardAreAnsweredAsThere() {
        assertThat(strongest(challenge("MD5")).answer(MUFASA, "GET", "/dir/index.html", 1, OWN_NONCE))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("nc=00000001", "qop=auth", OPAQUE, "username=\"Mufasa\"");
        assertThat(strongest(challenge("SHA-256")).answer(MUFASA, "GET", "/dir/index.html", 1, OWN_NONCE))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void ofSeveralOffersTheStrongestIsTakenInOneHeaderOrInMany() {
        assertThat(strongest(challenge("MD5"), challenge("SHA-256")).algorithm())
                .isEqualTo(Algorithm.SHA_256);
        assertThat(strongest(challenge("SHA-256") + ", " + challenge("MD5")).algorithm())
                .isEqualTo(Algorithm.SHA_256);
        assertThat(strongest("Basic realm=\"x\"", challenge("MD5")).algorithm()).isEqualTo(Algorithm.MD5);
    }

    @Test
    void whatNobodyCanAnswerIsNoChallenge() {
        assertThat(DigestChallenge.strongest(List.of("Basic realm=\"x\"", challenge("SHA-512"), "Digest realm=\"x\"")))
                .isEqualTo(Optional.empty());
    }

    @Test
    void staleMeansThatThePasswordWasRight() {
        assertThat(strongest("Digest realm=\"HTTPS Access\", nonce=\"AB\", qop=\"auth\", stale=true")
                        .stale())
                .isTrue();
        assertThat(strongest("Digest realm=\"HTTPS Access\", nonce=\"AB\", qop=\"auth\"")
                        .stale())
                .isFalse();
    }

    @Test
    void aNameWithQuotesDoesNotBreakOutOfItsPlace() {
        String answer = strongest("Digest realm=\"a\\\"b\", nonce=\"AB\", qop=\"auth\"")
                .answer(new Credentials("x\", uri=\"/evil", "p"), "GET", "/", 2, "c");

        assertThat(answer)
                .startsWith("Digest username=\"x\\\", uri=\\\"/evil\", realm=\"a\\\"b\"")
                .doesNotContain("p\"");
    }
}
