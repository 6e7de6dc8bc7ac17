package org.funkstille.routers.fritzbox.tr064;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/**
 * Sends requests that need a login. A wrong password is sent once: the box locks everybody out for a while after each
 * wrong try, its owner as well. So the login is not tried while the box refuses all of them, and one that it refused is
 * remembered beyond this process.
 */
public final class BoxLogin {

    private static final int UNAUTHORIZED = 401;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Credentials credentials;
    private final RefusedLogins refused;
    private final Supplier<Duration> block;
    private final Clock clock;

    private Optional<DigestChallenge> accepted = Optional.empty();
    private int count;
    private Optional<Instant> refusedHere = Optional.empty();
    private boolean asked;

    /** @param block for how long the box lets nobody in at all, as far as it tells; asked before a login */
    public BoxLogin(Credentials credentials, RefusedLogins refused, Supplier<Duration> block, Clock clock) {
        this.credentials = credentials;
        this.refused = refused;
        this.block = block;
        this.clock = clock;
    }

    public Credentials credentials() {
        return credentials;
    }

    /**
     * @return whatever was answered, but for a refused login
     * @throws RouterException.NotPermitted where the box does not take the password, now or before
     */
    public HttpAnswer send(RouterHttp http, HttpCall call) throws RouterException {
        requireNotRefused(http);
        HttpAnswer answer = accepted.isPresent() ? http.send(signed(call, accepted.get())) : http.send(call);
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        boolean signed = accepted.isPresent();
        Optional<DigestChallenge> challenge = challenge(answer);
        accepted = Optional.empty();
        if (challenge.isEmpty()) {
            throw signed ? refuse(http) : noDigest(http, call);
        }
        // The nonce was good a moment ago, and boxes do not always say that it is stale: it is not the password yet.
        return login(http, call, challenge.get());
    }

    private HttpAnswer login(RouterHttp http, HttpCall call, DigestChallenge fresh) throws RouterException {
        requireOpenDoor(http, block.get());
        DigestChallenge challenge = fresh;
        count = 0;
        HttpAnswer answer = http.send(signed(call, challenge));
        Optional<DigestChallenge> next = challenge(answer);
        if (answer.status() == UNAUTHORIZED
                && next.filter(DigestChallenge::stale).isPresent()) {
            challenge = next.orElseThrow();
            count = 0;
            answer = http.send(signed(call, challenge));
        }
        if (answer.status() == UNAUTHORIZED) {
            throw refuse(http);
        }
        accepted = Optional.of(challenge);
        refused.forget();
        return answer;
    }

    private HttpCall signed(HttpCall call, DigestChallenge challenge) {
        byte[] octets = new byte[16];
        RANDOM.nextBytes(octets);
        count++;
        return call.with(
                "Authorization",
                challenge.answer(
                        credentials,
                        call.method(),
                        call.path(),
                        count,
                        HexFormat.of().formatHex(octets)));
    }

    private static Optional<DigestChallenge> challenge(HttpAnswer answer) {
        return DigestChallenge.strongest(answer.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("www-authenticate"))
                .flatMap(header -> header.getValue().stream())
                .toList());
    }

    /** @throws RouterException.NotPermitted where this very login was refused before */
    public void requireNotRefused(RouterHttp http) throws RouterException {
        if (!asked) {
            refusedHere = refused.refused(credentials);
            asked = true;
        }
        if (refusedHere.isPresent()) {
            throw new RouterException.NotPermitted(wrong(http) + " at " + refusedHere.get() + remedy());
        }
    }

    /**
     * @param left for how long the box lets nobody in
     * @throws RouterException.Unreachable where that is any time at all
     */
    public static void requireOpenDoor(RouterHttp http, Duration left) throws RouterException {
        if (left.isPositive()) {
            throw new RouterException.Unreachable(http.place() + ": the FRITZ!Box lets nobody log in for another "
                    + left.toSeconds() + " s, because somebody did it with a wrong password. Nothing was sent;"
                    + " try again then");
        }
    }

    /** Remembers that the box does not take the password. */
    public RouterException refuse(RouterHttp http) {
        Instant now = clock.instant();
        refusedHere = Optional.of(now);
        asked = true;
        try {
            refused.remember(credentials, now);
        } catch (IOException unwritable) {
            return new RouterException.NotPermitted(
                    wrong(http) + remedy() + " This could not be written down there (" + unwritable.getMessage() + ")");
        }
        return new RouterException.NotPermitted(wrong(http) + remedy());
    }

    private String wrong(RouterHttp http) {
        return http.place() + ": the FRITZ!Box refused user \"" + credentials.user() + "\" with this password";
    }

    private String remedy() {
        return ". Funkstille does not try it again, because after each wrong try the box lets nobody log in for longer,"
                + " you as well. Write the right user and password where the configuration says (the user's name is"
                + " under System > FRITZ!Box Users); if they are right, delete " + refused.path();
    }

    private static RouterException noDigest(RouterHttp http, HttpCall call) {
        return new RouterException.NotPermitted(http.about(call)
                + "it wants a login (HTTP 401) of a kind that Funkstille does not know; is this a FRITZ!Box?");
    }
}
