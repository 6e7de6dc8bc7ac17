package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.funkstille.lab.facade.http.TrustsAnybody;
import org.funkstille.lab.network.Host;

/** Somebody who uses the API from a host of the lab. */
record Client(Host host, HttpClient http, String header, String secret) {

    static final URI ROOT = URI.create("https://192.168.1.1/api/v2/");

    static Client withKey(Host host, String key) throws GeneralSecurityException {
        return new Client(host, trusting(), "X-API-Key", key);
    }

    Client basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Client(
                host, http, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    Client bearer(String token) {
        return new Client(host, http, "Authorization", "Bearer " + token);
    }

    private static HttpClient trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /** An answer's envelope. */
    record Answer(int code, String responseId, Json data) {

        List<Json.Fields> list() {
            return ((Json.Items) data)
                    .values().stream().map(Json.Fields.class::cast).toList();
        }

        Json.Fields object() {
            return (Json.Fields) data;
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer("GET", path, "");
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return answer("DELETE", path, "");
    }

    Answer post(String path, Json.Fields body) throws IOException, InterruptedException {
        return answer("POST", path, body.written());
    }

    Answer patch(String path, Json.Fields body) throws IOException, InterruptedException {
        return answer("PATCH", path, body.written());
    }

    String command(String command) throws IOException, InterruptedException {
        return post("diagnostics/command_prompt", Json.fields("command", command))
                .object()
                .get("output")
                .plain();
    }

    Answer answer(String method, String path, String body) throws IOException, InterruptedException {
        Json.Fields envelope = (Json.Fields) Json.parse(send(method, path, body).body());
        return new Answer(
                Integer.parseInt(envelope.get("code").plain()),
                envelope.get("response_id").plain(),
                envelope.get("data"));
    }

    /** The client makes its socket on the calling thread, which must stand on the host. */
    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ROOT.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(3)) // a connection that the router has forgotten is dropped in silence
                .header(header, secret)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return host.inside(() -> http.send(request, HttpResponse.BodyHandlers.ofString()));
    }
}
