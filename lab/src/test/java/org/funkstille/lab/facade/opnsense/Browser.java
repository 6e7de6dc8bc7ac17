package org.funkstille.lab.facade.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.funkstille.lab.Lab;
import org.funkstille.lab.network.Host;

/** Asks the facade from the hub, as whoever has its key. */
final class Browser {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final SSLContext TRUSTS_ANYBODY = trustsAnybody();

    private final Host hub;
    private final String key;

    Browser(Lab lab, String key) {
        this.hub = lab.host("hub");
        this.key = key;
    }

    record Answer(int status, String body, Map<String, List<String>> headers) {

        JsonObject json() {
            return JSON.fromJsonObject(body);
        }

        JsonArray array() {
            return JSON.fromJsonArray(body);
        }

        String text(String path) {
            return json().extract(path, "");
        }

        List<JsonNode> rows() {
            return json().elements().get("rows") instanceof JsonArray rows ? rows.elements() : List.of();
        }
    }

    Answer get(String path) throws Exception {
        return send("GET", path, "", Map.of("Authorization", basic(key)));
    }

    Answer post(String path, String body) throws Exception {
        return send("POST", path, body, Map.of("Authorization", basic(key), "Content-Type", "application/json"));
    }

    static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String path, String body, Map<String, String> headers) throws Exception {
        return hub.inside(() -> exchange(method, path, body, headers));
    }

    private static Answer exchange(String method, String path, String body, Map<String, String> headers)
            throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://192.168.1.1" + path).toURL().openConnection();
        connection.setSSLSocketFactory(TRUSTS_ANYBODY.getSocketFactory());
        connection.setHostnameVerifier((_, _) -> true);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(20_000);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Connection", "close");
        headers.forEach(connection::setRequestProperty);
        if (method.equals("POST")) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status >= HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getErrorStream()
                : connection.getInputStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, text, connection.getHeaderFields());
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

    private static final class TrustsAnybody implements X509TrustManager {

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
