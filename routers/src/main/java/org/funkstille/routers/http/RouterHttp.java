package org.funkstille.routers.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.funkstille.core.model.Router;
import org.funkstille.core.model.Via;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RouterException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP/1.1 with one router. Answers that say "not now" are asked for twice more; everything else is the caller's
 * to judge. May be used by several threads.
 */
public final class RouterHttp implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    static {
        // Routers close idle connections sooner than the 30 s for which the JDK would go on using them.
        if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
            System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        }
    }

    private final String router;
    private final URI base;
    private final NetworkNamespace namespace;
    private final @Nullable PinnedCertificates certificates;
    private @Nullable HttpClient client;

    /** Over TLS. */
    public RouterHttp(String router, Via.Https via, NetworkNamespace namespace, PinnedCertificates certificates) {
        this(router, URI.create("https://" + via.host() + ":" + via.port()), namespace, certificates);
    }

    /**
     * The way to a router's own interface.
     *
     * @param memory the folder that pinned certificates are kept in
     * @param notices told of a certificate that is seen for the first time
     */
    public static RouterHttp to(Router router, Via.Https via, Path memory, Consumer<String> notices) {
        return new RouterHttp(
                router.name(),
                via,
                namespace(router),
                new PinnedCertificates(
                        memory.resolve("certificates"), router.access().certificate(), notices));
    }

    /** The network namespace that a router is reached from. */
    public static NetworkNamespace namespace(Router router) {
        return router.access().namespace().map(NetworkNamespace::named).orElseGet(NetworkNamespace::current);
    }

    /** Without TLS, for what is public anyway. */
    public static RouterHttp plain(String router, String host, int port, NetworkNamespace namespace) {
        return new RouterHttp(router, URI.create("http://" + host + ":" + port), namespace, null);
    }

    /** The way to another port of the same router, over TLS, where this one is; certificates are pinned for each port. */
    public RouterHttp atPort(int port) {
        return new RouterHttp(
                router,
                URI.create(base.getScheme() + "://" + base.getRawAuthority().replaceFirst(":[0-9]+$", "") + ":" + port),
                namespace,
                certificates);
    }

    private RouterHttp(String router, URI base, NetworkNamespace namespace, @Nullable PinnedCertificates certificates) {
        this.router = router;
        this.base = base;
        this.namespace = namespace;
        this.certificates = certificates;
    }

    /** {@code https://192.168.1.1:443}, for messages. */
    public String place() {
        return base.toString();
    }

    /**
     * @return whatever it answered, also 401, 403 and 500; never 429 or 503
     * @throws RouterException.Unreachable where no whole answer came in time, or it was too busy three times
     * @throws RouterException.CertificateChanged where it is not the router that it was
     */
    public HttpAnswer send(HttpCall call) throws RouterException {
        for (int tries = 1; ; tries++) {
            HttpAnswer answer = fresh(call);
            if (answer.status() != TOO_MANY_REQUESTS && answer.status() != UNAVAILABLE) {
                return answer;
            }
            if (tries == TRIES) {
                throw new RouterException.Unreachable(about(call) + "it is too busy (HTTP " + answer.status()
                        + "), three times; nothing was changed by this");
            }
            pause(answer);
        }
    }

    /** A router that was restarted knows nothing of a connection that we keep, so what only asks is asked on a new one. */
    private HttpAnswer fresh(HttpCall call) throws RouterException {
        boolean kept = isConnected();
        try {
            return once(call);
        } catch (RouterException.Unreachable lost) {
            close();
            if (!kept || !call.method().equals("GET")) {
                throw lost;
            }
            return once(call);
        }
    }

    private synchronized boolean isConnected() {
        return client != null;
    }

    private static void pause(HttpAnswer answer) throws RouterException {
        Duration wait = answer.header("retry-after")
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(asked -> asked.compareTo(BETWEEN_TRIES) > 0)
                .orElse(BETWEEN_TRIES);
        try {
            Thread.sleep(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
            throw new RouterException.Unreachable("interrupted while the router was busy", inAHurry);
        }
    }

    private HttpAnswer once(HttpCall call) throws RouterException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(call.path())).timeout(call.patience());
        call.headers().forEach(request::header);
        request.method(
                call.method(),
                call.body().map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        try {
            HttpResponse<String> response = namespace.call(
                    () -> client().send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
            return new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException inAHurry) {
            Thread.currentThread().interrupt();
            throw new RouterException.Unreachable(about(call) + "interrupted", inAHurry);
        } catch (HttpTimeoutException late) {
            throw new RouterException.Unreachable(
                    about(call) + "no answer within " + call.patience().toSeconds() + " s", late);
        } catch (IOException failed) {
            throw failure(call, failed);
        } catch (Exception unexpected) {
            throw new RouterException.Unreachable(about(call) + unexpected, unexpected);
        }
    }

    private RouterException failure(HttpCall call, IOException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof PinnedCertificates.Changed changed) {
                return new RouterException.CertificateChanged("router " + router + ": " + changed.getMessage());
            }
        }
        String why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        return new RouterException.Unreachable(about(call) + why, failed);
    }

    /** How a message about this call begins. */
    public String about(HttpCall call) {
        return "router " + router + " (" + place() + "), " + call + ": ";
    }

    private synchronized HttpClient client() throws GeneralSecurityException {
        HttpClient ready = client;
        if (ready == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECTING);
            if (namespace.name().isPresent()) {
                // Where it makes its socket, on the calling thread or on one of these, is not said.
                builder.executor(
                        task -> namespace.thread("http " + router, task).start());
            }
            if (certificates != null) {
                SSLContext context = SSLContext.getInstance("TLS");
                String host = base.getHost() + ":" + base.getPort();
                context.init(null, new TrustManager[] {new PinningTrust(host, certificates)}, new SecureRandom());
                builder.sslContext(context);
            }
            ready = builder.build();
            client = ready;
        }
        return ready;
    }

    @Override
    public synchronized void close() {
        HttpClient used = client;
        if (used != null) {
            used.shutdownNow();
            client = null;
        }
    }
}
