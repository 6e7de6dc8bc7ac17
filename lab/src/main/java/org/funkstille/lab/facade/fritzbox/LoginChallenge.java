package org.funkstille.lab.facade.fritzbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A question that only somebody who knows the password can answer (AVM, "Session-IDs").
 *
 * @param text as clients get it
 * @param answer that is right
 */
record LoginChallenge(String text, String answer) {

    private static final int FIRST_ROUNDS = 60_000;
    private static final int SECOND_ROUNDS = 6_000;
    private static final HexFormat HEX = HexFormat.of();

    /** Version 2: PBKDF2 twice, the second time with another salt and fewer rounds. */
    static LoginChallenge pbkdf2(String password) {
        String firstSalt = Sessions.random(16);
        String secondSalt = Sessions.random(16);
        byte[] first = pbkdf2(password.getBytes(StandardCharsets.UTF_8), HEX.parseHex(firstSalt), FIRST_ROUNDS);
        byte[] second = pbkdf2(first, HEX.parseHex(secondSalt), SECOND_ROUNDS);
        return new LoginChallenge(
                "2$%d$%s$%d$%s".formatted(FIRST_ROUNDS, firstSalt, SECOND_ROUNDS, secondSalt),
                secondSalt + "$" + HEX.formatHex(second));
    }

    /** The old way. */
    static LoginChallenge md5(String password) {
        String challenge = Sessions.random(4);
        try {
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest((challenge + "-" + password).getBytes(StandardCharsets.UTF_16LE));
            return new LoginChallenge(challenge, challenge + "-" + HEX.formatHex(digest));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** PBKDF2 (RFC 8018 5.2) with HMAC-SHA-256 and as many octets as that gives: one block. */
    private static byte[] pbkdf2(byte[] secret, byte[] salt, int rounds) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(salt);
            mac.update(new byte[] {0, 0, 0, 1});
            byte[] round = mac.doFinal();
            byte[] result = round.clone();
            for (int i = 1; i < rounds; i++) {
                round = mac.doFinal(round);
                for (int octet = 0; octet < result.length; octet++) {
                    result[octet] ^= round[octet];
                }
            }
            return result;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Without the answer. */
    @Override
    public String toString() {
        return text;
    }
}
