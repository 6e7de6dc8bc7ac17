package org.funkstille.lab.facade.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.funkstille.kernel.NetworkNamespace;

/**
 * The web server of a simulated router: one or more addresses, the same answers on all of them. Each request
 * has a thread of its own.
 */
public final class FacadeServer implements AutoCloseable {

    static {
        // Otherwise the JDK's server sends head and body of an answer with the delay of Nagle's algorithm between them.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int MOST_REMEMBERED = 10_000;

    private final NetworkNamespace place;
    private final List<InetSocketAddress> addresses;
    private final Faults faults;
    private final Function<WebRequest, WebAnswer> site;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<WebRequest> requests = new ArrayList<>();
    private Optional<ServerIdentity> identity;

    private FacadeServer(
            NetworkNamespace place,
            List<InetSocketAddress> addresses,
            Optional<ServerIdentity> identity,
            Faults faults,
            Function<WebRequest, WebAnswer> site) {
        this.place = place;
        this.addresses = List.copyOf(addresses);
        this.identity = identity;
        this.faults = faults;
        this.site = site;
    }

    /**
     * Serves over TLS.
     *
     * @param place whose addresses these are
     * @param name in the certificate, which is made now
     * @param site answers requests, several at once
     */
    public static FacadeServer https(
            NetworkNamespace place,
            List<InetSocketAddress> addresses,
            String name,
            Faults faults,
            Function<WebRequest, WebAnswer> site)
            throws IOException, InterruptedException {
        FacadeServer server =
                new FacadeServer(place, addresses, Optional.of(ServerIdentity.selfSigned(name)), faults, site);
        server.open();
        return server;
    }

    /** Serves in plain text. */
    public static FacadeServer http(
            NetworkNamespace place,
            List<InetSocketAddress> addresses,
            Faults faults,
            Function<WebRequest, WebAnswer> site)
            throws IOException, InterruptedException {
        FacadeServer server = new FacadeServer(place, addresses, Optional.empty(), faults, site);
        server.open();
        return server;
    }

    private synchronized void open() throws IOException, InterruptedException {
        for (InetSocketAddress address : addresses) {
            HttpServer server = inPlace(address);
            server.setExecutor(threads);
            server.createContext("/", this::exchange);
            server.start();
            servers.add(server);
        }
    }

    /** A socket belongs to the network namespace that it was made in. */
    private HttpServer inPlace(InetSocketAddress address) throws IOException, InterruptedException {
        try {
            return place.call(() -> created(address));
        } catch (IOException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new IOException("a web server at " + address + " in " + place, other);
        }
    }

    private HttpServer created(InetSocketAddress address) throws IOException {
        if (identity.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.get().context()));
        return server;
    }

    /** What it shows to clients. */
    public synchronized ServerIdentity identity() {
        return identity.orElseThrow(() -> new IllegalStateException("a server in plain text has no certificate"));
    }

    /** From now on another certificate is shown, also to those who were connected: the server starts anew. */
    public synchronized ServerIdentity newCertificate(String name) throws IOException, InterruptedException {
        ServerIdentity fresh = ServerIdentity.selfSigned(name);
        identity = Optional.of(fresh);
        restart();
        return fresh;
    }

    /** Cuts all connections off and serves again. */
    public synchronized void restart() throws IOException, InterruptedException {
        stop();
        open();
    }

    private synchronized void stop() {
        servers.forEach(server -> server.stop(0));
        servers.clear();
    }

    /** Every request so far, also those that went wrong; the oldest are forgotten at some time. */
    public List<WebRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            WebRequest request = read(exchange);
            remember(request);
            Optional<Fault> fault = faults.take(request);
            switch (fault.orElse(new Fault.OkAndDoNothing())) {
                case Fault.Answer instead -> write(exchange, instead.answer());
                case Fault.Hang _ -> faults.hang();
                case Fault.HalfAnAnswer _ -> writeHalf(exchange, answer(request));
                case Fault.OkAndDoNothing _ -> write(exchange, answer(request));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private WebAnswer answer(WebRequest request) {
        try {
            return site.apply(request);
        } catch (RuntimeException broken) {
            // A mistake of the facade, which a test must be able to tell from an answer of the router.
            return WebAnswer.of(500, "text/plain", "the facade failed: " + broken);
        }
    }

    private void remember(WebRequest request) {
        synchronized (requests) {
            if (requests.size() == MOST_REMEMBERED) {
                requests.removeFirst();
            }
            requests.add(request);
        }
    }

    private static WebRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String query = exchange.getRequestURI().getRawQuery();
        return new WebRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Parameters.parse(query == null ? "" : query),
                headers,
                Bytes.of(exchange.getRequestBody().readAllBytes()),
                exchange.getRemoteAddress());
    }

    private static void write(HttpExchange exchange, WebAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().octets();
        boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
        if (hasBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Whoever closes an exchange before its body is whole closes the connection. */
    private static void writeHalf(HttpExchange exchange, WebAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().octets();
        exchange.sendResponseHeaders(answer.status(), Math.max(2, body.length));
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
    }

    @Override
    public void close() {
        faults.clear();
        stop();
        threads.shutdownNow();
    }
}
