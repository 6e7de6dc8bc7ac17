package org.funkstille.lab.facade.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.funkstille.kernel.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FacadeServerTest {

    private final Faults faults = new Faults();
    private final AtomicInteger done = new AtomicInteger();
    private final SSLContext trustsAnybody = trustsAnybody();
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(trustsAnybody).build();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @SuppressWarnings("NullAway.Init")
    private FacadeServer server;

    @BeforeEach
    void serve() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
        server = FacadeServer.https(NetworkNamespace.current(), List.of(address), "router.test", faults, this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private WebAnswer answer(WebRequest request) {
        if (!faults.swallows(request)) {
            done.incrementAndGet();
        }
        return WebAnswer.json(
                        200,
                        request + " " + request.query().first("q").orElse("-") + " "
                                + request.header("X-Word").orElse("-") + " "
                                + request.body().text())
                .withHeader("X-Answer", "yes");
    }

    @Test
    void aRequestReachesTheSiteWhole() throws Exception {
        HttpResponse<String> answer = send("PUT", "/a%20b?q=1%2B1", "body");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Answer")).contains("yes");
        assertThat(answer.body()).isEqualTo("PUT /a b 1+1 word body");
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/a b"));
    }

    @Test
    void theCertificateIsForTheNameAndCanBeChangedWhileClientsAreConnected() throws Exception {
        X509Certificate first = shownCertificate();
        assertThat(first).isEqualTo(server.identity().certificate());
        assertThat(first.getSubjectX500Principal().getName()).isEqualTo("CN=router.test");
        assertThat(first.getSubjectAlternativeNames())
                .singleElement()
                .asInstanceOf(LIST)
                .isEqualTo(List.of(2, "router.test"));
        first.checkValidity();
        send("GET", "/", "");
        String before = server.identity().fingerprint();
        ServerIdentity second = server.newCertificate("router.test");
        assertThat(second.fingerprint()).hasSize(64).isNotEqualTo(before);
        assertThat(shownCertificate()).isEqualTo(second.certificate());
        assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheOrderedNumberOfFittingRequestsGoesWrong() throws Exception {
        faults.next(2, "POST", "/api", Fault.status(503, "busy"));
        assertThat(send("GET", "/api/x", "").statusCode()).isEqualTo(200);
        assertThat(send("POST", "/other", "").statusCode()).isEqualTo(200);
        assertThat(send("POST", "/api/x", "").body()).isEqualTo("busy");
        assertThat(send("POST", "/api/y", "").statusCode()).isEqualTo(503);
        assertThat(send("POST", "/api/y", "").statusCode()).isEqualTo(200);
        assertThat(done).hasValue(3);
    }

    @Test
    void allFittingRequestsGoWrongUntilTheOrderIsCleared() throws Exception {
        faults.all(Faults.ANY, "/", Fault.status(401, "no"));
        assertThat(send("GET", "/", "").statusCode()).isEqualTo(401);
        assertThat(send("POST", "/a", "").statusCode()).isEqualTo(401);
        faults.clear();
        assertThat(send("GET", "/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aHangingRequestIsNotAnsweredAndCutOffAtTheEnd() {
        faults.next(2, "POST", "/", new Fault.Hang());
        HttpRequest impatient =
                request("POST", "/", "").timeout(Duration.ofMillis(300)).build();
        assertThatThrownBy(() -> client.send(impatient, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        CompletableFuture<HttpResponse<String>> patient =
                client.sendAsync(request("POST", "/", "").build(), HttpResponse.BodyHandlers.ofString());
        await().until(() -> server.requests().size() == 2);
        faults.clear();
        assertThat(patient)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class);
        assertThat(done).hasValue(0);
    }

    @Test
    void halfAnAnswerIsCutWithinItsBodyAfterTheRequestWasDone() throws Exception {
        faults.next(1, "POST", "/", new Fault.HalfAnAnswer());
        assertThatThrownBy(() -> send("POST", "/", "")).isInstanceOf(IOException.class);
        assertThat(done).hasValue(1);
        assertThat(send("POST", "/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void theFacadeIsToldToAnswerAndDoNothing() throws Exception {
        faults.next(1, "POST", "/", new Fault.OkAndDoNothing());
        assertThat(send("POST", "/", "").statusCode()).isEqualTo(200);
        assertThat(done).hasValue(0);
        send("POST", "/", "");
        assertThat(done).hasValue(1);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + address.getPort() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-Word", "word")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private X509Certificate shownCertificate() throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trustsAnybody.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLContext trustsAnybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Not even the name is checked, which an extended trust manager has to do itself. */
    private static final class TrustsAnybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
