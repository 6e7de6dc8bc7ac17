package org.funkstille.routers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.funkstille.core.model.Via;
import org.funkstille.kernel.Command;
import org.funkstille.kernel.NetworkNamespace;
import org.funkstille.routers.RouterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterHttpTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    private Path memory;

    private final List<String> notices = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private HttpsServer server;
    private int asked;
    private boolean cut;
    private boolean hang;

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (String name : List.of("first", "second")) {
            Command.Result made = Command.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "router",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-keystore",
                            keys.resolve(name).toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .run();
            assertThat(made.ok()).as(made.err()).isTrue();
        }
    }

    @BeforeEach
    void start() throws Exception {
        listen("first", 0);
    }

    @AfterEach
    void stop() {
        hanging.countDown();
        server.stop(0);
    }

    private void listen(String certificate, int port) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.resolve(certificate))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked++;
        byte[] body = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
        if (hang) {
            awaitEnd();
        }
        int status = statuses.isEmpty() ? 200 : statuses.removeFirst();
        exchange.sendResponseHeaders(status, cut ? body.length + 100 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            hanging.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private RouterHttp http(Optional<String> pin) {
        return new RouterHttp(
                "home",
                new Via.Https("127.0.0.1", server.getAddress().getPort()),
                NetworkNamespace.current(),
                new PinnedCertificates(memory.resolve("certificates"), pin, notices::add));
    }

    @Test
    void send_firstUse_pinsTheCertificateAndShowsItsFingerprint() throws Exception {
        try (RouterHttp http = http(Optional.empty())) {
            assertThat(http.send(HttpCall.get("/")).text()).isEqualTo("{\"ok\": true}");
            http.send(HttpCall.get("/"));
        }

        assertThat(notices).singleElement().asString().contains("sha256:");
        assertThat(Files.readString(memory.resolve("certificates")))
                .matches("127\\.0\\.0\\.1:[0-9]+ sha256:[0-9a-f]{64}\n");
    }

    @Test
    void send_anotherCertificateThanBefore_isRefusedBeforeAnythingIsSent() throws Exception {
        try (RouterHttp http = http(Optional.empty())) {
            http.send(HttpCall.get("/"));
        }
        int port = server.getAddress().getPort();
        server.stop(0);
        listen("second", port);
        int before = asked;

        try (RouterHttp http = http(Optional.empty())) {
            assertThatThrownBy(() -> http.send(HttpCall.get("/").with("X-API-Key", "secret")))
                    .isInstanceOf(RouterException.CertificateChanged.class)
                    .hasMessageContaining("is not the one that was there before")
                    .hasMessageContaining(memory.resolve("certificates").toString());
        }
        assertThat(asked).isEqualTo(before);
    }

    @Test
    void send_configuredFingerprintOfAnother_isRefusedOnFirstUse() {
        try (RouterHttp http = http(Optional.of("sha256:" + "0".repeat(64)))) {
            assertThatThrownBy(() -> http.send(HttpCall.get("/")))
                    .isInstanceOf(RouterException.CertificateChanged.class);
        }
        assertThat(asked).isZero();
        assertThat(memory.resolve("certificates")).doesNotExist();
    }

    @Test
    void send_busyTwice_isAskedAThirdTime() throws Exception {
        statuses.addAll(List.of(429, 503, 200));

        try (RouterHttp http = http(Optional.empty())) {
            assertThat(http.send(HttpCall.get("/")).status()).isEqualTo(200);
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void send_busyThreeTimes_isGivenUp() {
        statuses.addAll(List.of(503, 503, 503));

        try (RouterHttp http = http(Optional.empty())) {
            assertThatThrownBy(() -> http.send(HttpCall.get("/")))
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("too busy");
        }
    }

    @Test
    void send_wrongPassword_isAskedOnce() throws Exception {
        statuses.add(401);

        try (RouterHttp http = http(Optional.empty())) {
            assertThat(http.send(HttpCall.get("/")).status()).isEqualTo(401);
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void send_halfAnAnswer_isNoAnswer() {
        cut = true;

        try (RouterHttp http = http(Optional.empty())) {
            assertThatThrownBy(() -> http.send(HttpCall.of("POST", "/rule?token=secret", "application/json", "{}")))
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("POST /rule")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void send_noAnswerInTime_saysHowLongItWaited() {
        hang = true;

        try (RouterHttp http = http(Optional.empty())) {
            assertThatThrownBy(() -> http.send(HttpCall.get("/").within(Duration.ofMillis(1500))))
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("no answer within 1 s");
        }
    }

    @Test
    void send_nobodyThere_namesTheRouter() {
        server.stop(0);

        try (RouterHttp http = http(Optional.empty())) {
            assertThatThrownBy(() -> http.send(HttpCall.get("/")))
                    .isInstanceOf(RouterException.Unreachable.class)
                    .hasMessageContaining("router home (https://127.0.0.1:");
        }
    }
}
