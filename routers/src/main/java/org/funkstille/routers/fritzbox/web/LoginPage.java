package org.funkstille.routers.fritzbox.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.tr064.Credentials;
import org.funkstille.routers.fritzbox.tr064.XmlElement;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/**
 * The page {@code login_sid.lua} (AVM, "Login to the FRITZ!Box web interface"): a challenge, its answer, a session.
 *
 * @param sid all zeros where there is no session
 * @param block for how long logins are refused, whoever comes
 */
public record LoginPage(String sid, String challenge, Duration block) {

    private static final String PATH = "/login_sid.lua?version=2";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern VERSION_2 =
            Pattern.compile("2\\$([0-9]{1,7})\\$([0-9a-fA-F]{2,128})\\$([0-9]{1,7})\\$([0-9a-fA-F]{2,128})");
    private static final int KEY_OCTETS = 32;

    /** Asks for a challenge; nobody logs in by this. */
    public static LoginPage ask(RouterHttp web) throws RouterException {
        HttpCall call = HttpCall.get(PATH).within(PATIENCE);
        return read(web, call, web.send(call));
    }

    /** Answers the challenge. */
    LoginPage login(RouterHttp web, Credentials credentials) throws RouterException {
        String form = "username=" + encoded(credentials.user()) + "&response="
                + encoded(response(challenge, credentials.password()));
        HttpCall call = HttpCall.of("POST", PATH, FORM, form);
        return read(web, call, web.send(call));
    }

    static void logout(RouterHttp web, String sid) throws RouterException {
        HttpAnswer ignored = web.send(
                HttpCall.of("POST", PATH, FORM, "logout=1&sid=" + encoded(sid)).within(PATIENCE));
    }

    boolean in() {
        return !sid.matches("0*");
    }

    private static LoginPage read(RouterHttp web, HttpCall call, HttpAnswer answer) throws RouterException {
        try {
            if (answer.ok()) {
                return parse(answer.text());
            }
        } catch (XmlElement.Unreadable unreadable) {
            // The same as any other answer that is none.
        }
        throw new RouterException.Unreachable(web.about(call) + "HTTP " + answer.status()
                + " and no login page of a FRITZ!Box; is its web interface at this address and port?");
    }

    static LoginPage parse(String document) throws XmlElement.Unreadable {
        XmlElement info = XmlElement.parse(document);
        String seconds = info.childText("BlockTime").orElse("0");
        return new LoginPage(
                info.childText("SID").orElse(""),
                info.childText("Challenge").orElse(""),
                Duration.ofSeconds(seconds.matches("[0-9]{1,9}") ? Long.parseLong(seconds) : 0));
    }

    /**
     * The answer to a challenge: {@code 2$iterations$salt$iterations$salt} is answered with PBKDF2 twice, anything else
     * with MD5, as boxes before FRITZ!OS 7.24 want it.
     */
    static String response(String challenge, String password) {
        Matcher second = VERSION_2.matcher(challenge);
        try {
            if (second.matches()) {
                byte[] once = stretched(
                        password.getBytes(StandardCharsets.UTF_8), second.group(2), Integer.parseInt(second.group(1)));
                byte[] twice = stretched(once, second.group(4), Integer.parseInt(second.group(3)));
                return second.group(4) + "$" + HexFormat.of().formatHex(twice);
            }
            // Characters that Latin-1 has not are sent as dots (AVM, the same document).
            String known = password.replaceAll("[^\\x00-\\xff]", ".");
            byte[] digest = MessageDigest.getInstance("MD5")
                    .digest((challenge + "-" + known).getBytes(StandardCharsets.UTF_16LE));
            return challenge + "-" + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** PBKDF2 with HMAC-SHA-256, one block. The JDK's own takes characters, and the second key is octets. */
    private static byte[] stretched(byte[] secret, String salt, int iterations) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(key(secret));
        hmac.update(HexFormat.of().parseHex(salt));
        byte[] round = hmac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] sum = round.clone();
        for (int iteration = 1; iteration < iterations; iteration++) {
            round = hmac.doFinal(round);
            for (int index = 0; index < sum.length; index++) {
                sum[index] ^= round[index];
            }
        }
        return Arrays.copyOf(sum, KEY_OCTETS);
    }

    /** HMAC takes an empty key for one of zeros, Java's does not take it at all. */
    private static SecretKeySpec key(byte[] secret) {
        return new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A session is a secret. */
    @Override
    public String toString() {
        return in() ? "a login page, logged in" : "a login page, blocked for " + block.toSeconds() + " s";
    }
}
