package org.funkstille.routers.fritzbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.funkstille.kernel.Command;
import org.funkstille.routers.fritzbox.tr064.Credentials;
import org.funkstille.routers.fritzbox.tr064.DigestChallenge;

/** As much of a FRITZ!Box as is needed to go wrong in every way: TR-064 over TLS on loopback. */
final class StubBox implements AutoCloseable {

    static final Credentials OWNER = new Credentials("fritz4711", "right");

    private static final Pattern COUNT = Pattern.compile("nc=([0-9a-f]{8}), cnonce=\"([^\"]*)\"");
    private static final Pattern URI = Pattern.compile("uri=\"([^\"]*)\"");

    /** One key for all, for making one takes a second. */
    private static final KeyStore KEY = key();

    final Map<String, Host> hosts = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();

    /** By the name of an action: the fault that it answers with, instead of doing anything. */
    final Map<String, Integer> faults = new HashMap<>();

    String rights = "<rights><path>BoxAdmin</path><access>readwrite</access></rights>";
    boolean hasList = true;
    boolean lies;
    Runnable beforeUnlock = () -> {};
    int failedLogins;
    String nonce = "N1";
    Optional<String> cut = Optional.empty();

    private final HttpsServer server;

    static final class Host {

        private final String mac;
        private final boolean active;
        boolean disallow;

        /** How often it says "error" before a change counts. */
        int changing;

        Host(String mac, boolean active) {
            this.mac = mac;
            this.active = active;
        }

        private String access() {
            if (changing > 0) {
                changing--;
                return "error";
            }
            return disallow ? "denied" : "granted";
        }
    }

    StubBox() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KEY, "secret".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private static KeyStore key() {
        try {
            Path folder = Files.createTempDirectory("funkstille-stub");
            Path file = folder.resolve("key.p12");
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Command.Result made = Command.of(
                            keytool,
                            "-genkeypair",
                            "-alias",
                            "box",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=fritz.box",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            "secret")
                    .run();
            if (!made.ok()) {
                throw new IllegalStateException(made.out() + made.err());
            }
            KeyStore store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
            Files.delete(file);
            Files.delete(folder);
            return store;
        } catch (IOException | InterruptedException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    Host host(String address, String mac) {
        Host host = new Host(mac, true);
        hosts.put(address, host);
        return host;
    }

    long count(String action) {
        return calls.stream().filter(call -> call.startsWith(action)).count();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().toString();
            if (!loggedIn(exchange)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (path.startsWith("/devicehostlist.lua")) {
                send(exchange, 200, list());
                return;
            }
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("SOAPAction"));
            String action = header.substring(header.indexOf('#') + 1);
            calls.add(action
                    + (action.equals("DisallowWANAccessByIP")
                            ? " " + value(body, "NewIPv4Address") + " " + value(body, "NewDisallow")
                            : ""));
            Integer fault = faults.get(action);
            Optional<String> result = fault == null ? act(action, body) : Optional.empty();
            if (result.isEmpty()) {
                send(
                        exchange,
                        500,
                        envelope(
                                "<s:Fault><detail><UPnPError><errorCode>" + (fault == null ? 714 : fault)
                                        + "</errorCode><errorDescription>words</errorDescription></UPnPError></detail></s:Fault>"));
            } else {
                String text =
                        envelope("<u:%1$sResponse xmlns:u=\"x\">%2$s</u:%1$sResponse>".formatted(action, result.get()));
                send(exchange, 200, cut.filter(action::equals).isPresent() ? text.substring(0, 100) : text);
            }
        }
    }

    private boolean loggedIn(HttpExchange exchange) {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        boolean stale = false;
        if (shown != null) {
            Matcher count = COUNT.matcher(shown);
            Matcher uri = URI.matcher(shown);
            String used = shown.replaceAll(".*, nonce=\"([^\"]*)\".*", "$1");
            boolean right = count.find()
                    && uri.find()
                    && challenge(used)
                            .answer(
                                    OWNER,
                                    exchange.getRequestMethod(),
                                    uri.group(1),
                                    Integer.parseInt(count.group(1), 16),
                                    count.group(2))
                            .equals(shown);
            if (right && used.equals(nonce)) {
                return true;
            }
            stale = right;
            failedLogins += right ? 0 : 1;
        }
        exchange.getResponseHeaders()
                .add(
                        "WWW-Authenticate",
                        "Digest realm=\"HTTPS Access\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\""
                                + (stale ? ", stale=true" : ""));
        return false;
    }

    private static DigestChallenge challenge(String nonce) {
        return new DigestChallenge(DigestChallenge.Algorithm.MD5, "HTTPS Access", nonce, Optional.empty(), true, false);
    }

    /** @return nothing where there is no such entry */
    private Optional<String> act(String action, String body) {
        return switch (action) {
            case "X_AVM-DE_GetCurrentUser" ->
                Optional.of("<NewX_AVM-DE_CurrentUsername>" + OWNER.user() + "</NewX_AVM-DE_CurrentUsername>"
                        + "<NewX_AVM-DE_CurrentUserRights>" + rights.replace("<", "&lt;")
                        + "</NewX_AVM-DE_CurrentUserRights>");
            case "GetInfo" ->
                Optional.of("<NewModelName>FRITZ!Box 7590</NewModelName><NewSoftwareVersion>154.07.29"
                        + "</NewSoftwareVersion><NewIPRouters>192.168.178.1</NewIPRouters>"
                        + "<NewSubnetMask>255.255.255.0</NewSubnetMask>");
            case "X_AVM-DE_GetHostListPath" ->
                Optional.of("/devicehostlist.lua?sid=1")
                        .filter(path -> hasList)
                        .map(path -> "<NewX_AVM-DE_HostListPath>" + path + "</NewX_AVM-DE_HostListPath>");
            case "GetGenericHostEntry" ->
                hosts.entrySet().stream()
                        .skip(Integer.parseInt(value(body, "NewIndex")))
                        .findFirst()
                        .map(entry -> "<NewIPAddress>" + entry.getKey() + "</NewIPAddress><NewMACAddress>"
                                + entry.getValue().mac + "</NewMACAddress><NewActive>1</NewActive>");
            case "GetWANAccessByIP" ->
                Optional.ofNullable(hosts.get(value(body, "NewIPv4Address")))
                        .map(host -> "<NewDisallow>" + (host.disallow ? 1 : 0) + "</NewDisallow><NewWANAccess>"
                                + host.access() + "</NewWANAccess>");
            case "DisallowWANAccessByIP" ->
                Optional.ofNullable(hosts.get(value(body, "NewIPv4Address"))).map(host -> {
                    boolean disallow = value(body, "NewDisallow").equals("1");
                    if (!disallow) {
                        beforeUnlock.run();
                    }
                    if (!lies) {
                        host.disallow = disallow;
                        host.changing = 2;
                    }
                    return "";
                });
            default -> Optional.empty();
        };
    }

    private String list() {
        StringBuilder text = new StringBuilder("<List>");
        hosts.forEach((address, host) -> text.append("<Item><IPAddress>")
                .append(address)
                .append("</IPAddress><MACAddress>")
                .append(host.mac)
                .append("</MACAddress><Active>")
                .append(host.active ? 1 : 0)
                .append("</Active><HostName>a-host</HostName><X_AVM-DE_WANAccess>")
                .append(host.access())
                .append("</X_AVM-DE_WANAccess><X_AVM-DE_Disallow>")
                .append(host.disallow ? 1 : 0)
                .append("</X_AVM-DE_Disallow></Item>"));
        return text.append("</List>").toString();
    }

    private static String value(String body, String name) {
        Matcher found = Pattern.compile("<" + name + ">([^<]*)<").matcher(body);
        return found.find() ? found.group(1) : "";
    }

    private static String envelope(String body) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + body + "</s:Body></s:Envelope>";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
