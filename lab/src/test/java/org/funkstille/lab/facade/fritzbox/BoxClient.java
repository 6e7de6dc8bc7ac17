package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.funkstille.lab.network.Host;
import org.jspecify.annotations.Nullable;

/** A client of its own for these tests, that stands on a host of the lab. Written from RFC 7616, not from the facade. */
final class BoxClient implements AutoCloseable {

    static final String PLAIN = "http://192.168.1.1:49000";
    static final String SECURED = "https://192.168.1.1:49443";
    static final String WEB = "http://192.168.1.1";

    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"?([^\",]+)\"?");

    private final Host host;
    private final HttpClient http;
    private final ThreadPoolExecutor threads;
    private final String user;
    private final String password;
    private Optional<String> token = Optional.empty();

    private BoxClient(Host host, HttpClient http, ThreadPoolExecutor threads, String user, String password) {
        this.host = host;
        this.http = http;
        this.threads = threads;
        this.user = user;
        this.password = password;
    }

    /**
     * The JDK's client makes its sockets on the thread that sends, or on one of its executor's: all of them must stand in
     * the host's namespace. A thread stays in that of the one that started it.
     */
    static BoxClient on(Host host, String user, String password) throws Exception {
        return host.inside(() -> {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(4, 4, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
            threads.prestartAllCoreThreads();
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new TrustsAnybody()}, null);
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(threads)
                    .sslContext(tls)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            return new BoxClient(host, http, threads, user, password);
        });
    }

    void show(String secondFactor) {
        token = Optional.of(secondFactor);
    }

    HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    HttpResponse<String> post(String url, String form) throws IOException, InterruptedException {
        return send(request(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> rest(String method, String url, String sid, String body)
            throws IOException, InterruptedException {
        return send(request(url)
                .header("Authorization", "AVM-SID " + sid)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return host.inside(() -> http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** Calls an action over TLS; logs in where that is asked for. */
    HttpResponse<String> call(Tr064Action action, String... arguments) throws IOException, InterruptedException {
        return call(SECURED, action, arguments);
    }

    HttpResponse<String> call(String base, Tr064Action action, String... arguments)
            throws IOException, InterruptedException {
        String body = envelope(action, arguments);
        HttpResponse<String> first = send(soap(base, action, body));
        if (first.statusCode() != 401) {
            return first;
        }
        String challenge = first.headers().firstValue("WWW-Authenticate").orElseThrow();
        return send(soap(base, action, body).header("Authorization", authorization(challenge, action.path())));
    }

    /** The first half of a login as some clients begin it: with no body. */
    HttpResponse<String> knock(Tr064Action action) throws IOException, InterruptedException {
        return send(soap(PLAIN, action, ""));
    }

    /** Without a login, whatever is asked for. */
    HttpResponse<String> callAnonymously(String base, Tr064Action action, String... arguments)
            throws IOException, InterruptedException {
        return send(soap(base, action, envelope(action, arguments)));
    }

    private static HttpRequest.Builder soap(String base, Tr064Action action, String body) {
        return request(base + action.path())
                .header("SOAPAction", "\"" + action.service() + "#" + action.name() + "\"")
                .header("Content-Type", "text/xml; charset=\"utf-8\"")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private String envelope(Tr064Action action, String... arguments) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < arguments.length; i += 2) {
            values.append("<%1$s>%2$s</%1$s>".formatted(arguments[i], arguments[i + 1]));
        }
        String header = token.map(text -> "<s:Header><avm:token xmlns:avm=\"avm.de\" s:mustUnderstand=\"1\">" + text
                        + "</avm:token></s:Header>")
                .orElse("");
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <s:Envelope s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" \
                xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">%s\
                <s:Body><u:%s xmlns:u="%s">%s</u:%s></s:Body></s:Envelope>
                """.formatted(header, action.name(), action.service(), values, action.name());
    }

    private String authorization(String challenge, String path) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(challenge);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        String realm = fields.getOrDefault("realm", "");
        String nonce = fields.getOrDefault("nonce", "");
        String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":00000001:abcdef:auth:"
                + md5("POST:" + path));
        return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", qop=auth, nc=00000001, cnonce=\"abcdef\", algorithm=MD5"
                .formatted(user, realm, nonce, path, response);
    }

    static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The text of the first element of that name. */
    static String value(String xml, String element) {
        Matcher matcher =
                Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
        return matcher.find() ? matcher.group(1) : "no " + element + " in " + xml;
    }

    static String value(HttpResponse<String> answer, String element) {
        return value(answer.body(), element);
    }

    /** The code of a fault, which comes with status 500. */
    static String fault(HttpResponse<String> answer) {
        return answer.statusCode() + " " + value(answer, "errorCode");
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    /** An action, and where it is called. */
    record Tr064Action(String service, String path, String name) {

        static Tr064Action hosts(String name) {
            return new Tr064Action("urn:dslforum-org:service:Hosts:1", "/upnp/control/hosts", name);
        }

        static Tr064Action filter(String name) {
            return new Tr064Action(
                    "urn:dslforum-org:service:X_AVM-DE_HostFilter:1", "/upnp/control/x_hostfilter", name);
        }

        static Tr064Action device(String name) {
            return new Tr064Action("urn:dslforum-org:service:DeviceInfo:1", "/upnp/control/deviceinfo", name);
        }

        static Tr064Action lan(String name) {
            return new Tr064Action(
                    "urn:dslforum-org:service:LANHostConfigManagement:1", "/upnp/control/lanhostconfigmgm", name);
        }

        static Tr064Action security(String name) {
            return new Tr064Action(
                    "urn:dslforum-org:service:LANConfigSecurity:1", "/upnp/control/lanconfigsecurity", name);
        }

        static Tr064Action auth(String name) {
            return new Tr064Action("urn:dslforum-org:service:X_AVM-DE_Auth:1", "/upnp/control/x_auth", name);
        }
    }

    private static final class TrustsAnybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return List.<X509Certificate>of().toArray(X509Certificate[]::new);
        }
    }
}
