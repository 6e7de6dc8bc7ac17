package org.funkstille.lab.facade.pfsense;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/** Everything below {@code /api/v2/}: who may, what was asked, and the envelope of each answer. */
final class RestApi {

    private static final String ROOT = "/api/v2/";

    /** sshguard's default: three attacks of ten points each. */
    private static final int BAD_LOGINS = 3;

    private static final String NOT_FOUND = """
            <html>
            <head><title>404 Not Found</title></head>
            <body>
            <center><h1>404 Not Found</h1></center>
            <hr><center>nginx</center>
            </body>
            </html>
            """;

    private static final String LOGIN = """
            <!DOCTYPE html>
            <html lang="en"><head><title>pfSense - Login</title></head>
            <body id="login"><form method="post"><input type="text" name="usernamefld"></form></body></html>
            """;

    private final PfSenseFacade.Options options;
    private final Access access;
    private final Configuration configuration;
    private final Map<String, Call.Endpoint> endpoints;
    private final Predicate<WebRequest> swallowed;
    private final Consumer<InetAddress> attacker;
    private final Map<InetAddress, Integer> badLogins = new HashMap<>();
    private final Object lock;

    /**
     * @param endpoints by their paths below {@code /api/v2/}
     * @param swallowed asked of every request that would change something
     * @param attacker is told who gave wrong credentials too often
     * @param lock held while a request is served: the package serves changes one after the other
     */
    RestApi(
            PfSenseFacade.Options options,
            Access access,
            Configuration configuration,
            Map<String, Call.Endpoint> endpoints,
            Predicate<WebRequest> swallowed,
            Consumer<InetAddress> attacker,
            Object lock) {
        this.options = options;
        this.access = access;
        this.configuration = configuration;
        this.endpoints = Map.copyOf(endpoints);
        this.swallowed = swallowed;
        this.attacker = attacker;
        this.lock = lock;
    }

    WebAnswer answer(WebRequest request) {
        if (request.path().equals("/") || request.path().equals("/index.php")) {
            return WebAnswer.html(200, LOGIN).withHeader("Server", "nginx");
        }
        if (options.packageMissing() || !request.path().startsWith(ROOT)) {
            return WebAnswer.html(404, NOT_FOUND).withHeader("Server", "nginx");
        }
        String path = request.path().substring(ROOT.length()).replaceAll("/$", "");
        Optional<Call.Endpoint> endpoint = Optional.ofNullable(endpoints.get(path));
        if (endpoint.isEmpty()) {
            return WebAnswer.html(404, NOT_FOUND).withHeader("Server", "nginx");
        }
        try {
            synchronized (lock) {
                return enveloped(200, "ok", "SUCCESS", "", served(path, endpoint.get(), request));
            }
        } catch (ApiError error) {
            String status = switch (error.code()) {
                case 400 -> "bad request";
                case 401 -> "unauthorized";
                case 403 -> "forbidden";
                case 404 -> "not found";
                case 405 -> "method not allowed";
                case 409 -> "conflict";
                default -> "server error";
            };
            String message =
                    String.valueOf(error.getMessage()).replace('"', '`').replace('\'', '`');
            return enveloped(error.code(), status, error.responseId(), message, Json.texts(List.of()));
        }
    }

    private static WebAnswer enveloped(int code, String status, String responseId, String message, Json data) {
        Json envelope = Json.fields(
                "code", code, "status", status, "response_id", responseId, "message", message, "data", data);
        return WebAnswer.json(code, envelope.written()).withHeader("Server", "nginx");
    }

    private Json served(String path, Call.Endpoint endpoint, WebRequest request) {
        String user = path.startsWith("auth/") ? basicUser(request) : user(request);
        var handler = endpoint.methods().get(request.method());
        if (handler == null) {
            throw new ApiError(
                    405,
                    "ENDPOINT_METHOD_NOT_ALLOWED",
                    "Endpoint at `" + ROOT + path + "` does not support `" + request.method() + "` requests.");
        }
        if (!access.permits(path, request.method())) {
            throw new ApiError(
                    403,
                    "AUTH_AUTHORIZATION_FAILED",
                    "Authorization failed. You do not have sufficient privileges to access this resource.");
        }
        Json.Fields parameters = parameters(request);
        boolean pretended = !request.method().equals("GET") && swallowed.test(request);
        Call call = new Call(request.method(), parameters, user, pretended);
        configuration.author(user + "@" + Addresses.text(request.client().getAddress()) + " (API)");
        Runnable back = configuration.snapshot();
        try {
            Json data = handler.apply(call);
            if (pretended) {
                back.run();
            }
            return data;
        } catch (ApiError refused) {
            back.run();
            throw refused;
        }
    }

    private String user(WebRequest request) {
        return access.user(request).orElseThrow(() -> failed(request));
    }

    private String basicUser(WebRequest request) {
        if (!access.isBasic(request)) {
            throw failed(request);
        }
        return access.user();
    }

    private ApiError failed(WebRequest request) {
        boolean tried = request.header("Authorization").isPresent()
                || request.header("X-API-Key").isPresent();
        InetAddress client = request.client().getAddress();
        if (tried && badLogins.merge(client, 1, Integer::sum) >= BAD_LOGINS && options.loginProtection()) {
            badLogins.remove(client);
            attacker.accept(client);
        }
        return new ApiError(401, "AUTH_AUTHENTICATION_FAILED", "Authentication failed");
    }

    /** Those behind the {@code ?}, and the fields of the body. */
    private static Json.Fields parameters(WebRequest request) {
        Map<String, Json> values = new LinkedHashMap<>();
        request.query().values().forEach((name, list) -> values.put(name, Json.of(list.getFirst())));
        if (!request.body().isEmpty()) {
            switch (parsed(request.body().text())) {
                case Json.Fields fields -> values.putAll(fields.values());
                case Json other -> values.put("data", other);
            }
        }
        return new Json.Fields(values);
    }

    private static Json parsed(String body) {
        try {
            return Json.parse(body);
        } catch (RuntimeException malformed) {
            throw ApiError.invalid("JSON_CONTENT_HANDLER_COULD_NOT_DECODE_JSON", "Could not decode JSON request body.");
        }
    }
}
