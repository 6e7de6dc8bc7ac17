package org.funkstille.discovery.routers;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.funkstille.kernel.Command;

/** A router's web pages on loopback, with a certificate of its own. */
final class SimulatedRouter implements AutoCloseable {

    /** What is answered; not found where nothing is. */
    record Page(int status, String body, Map<String, String> headers) {

        static Page of(String body) {
            return new Page(200, body, Map.of());
        }
    }

    private static final String PASSWORD = "only-a-test";
    private static final Path KEYS = folder();

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private SimulatedRouter(HttpServer server) {
        this.server = server;
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, "nothing", Map.of()));
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            page.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    static SimulatedRouter plain() throws IOException {
        return new SimulatedRouter(HttpServer.create(loopback(), 0));
    }

    /** @param subject of the certificate that it signs for itself; one is made for each, for that takes a while */
    static SimulatedRouter withTls(String subject) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = KEYS.resolve(Integer.toHexString(subject.hashCode()) + ".p12");
        if (!Files.exists(store)) {
            make(store, subject);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new SimulatedRouter(server);
    }

    private static void make(Path store, String subject) throws IOException, InterruptedException {
        String keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        Command.Result made = Command.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "router",
                        "-keyalg",
                        "EC",
                        "-dname",
                        subject,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .within(Duration.ofSeconds(20))
                .run();
        if (!made.ok()) {
            throw new IOException("keytool: " + made.out() + made.err());
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("simulated-router");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException stays) {
            // a temporary folder
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    SimulatedRouter answers(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Every request so far. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
