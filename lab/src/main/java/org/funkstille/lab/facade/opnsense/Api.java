package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.facade.http.Faults;
import org.funkstille.lab.facade.http.WebAnswer;
import org.funkstille.lab.facade.http.WebRequest;

/**
 * {@code /api}: who may, what is there, and how errors are told (opnsense/core, Base/ApiControllerBase.php,
 * mvc/Router.php). One request at a time.
 */
final class Api {

    private final Box box;
    private final Routes routes;
    private final Faults faults;
    private final String key;

    /** @param key and secret, with a colon between */
    Api(Box box, Routes routes, Faults faults, String key) {
        this.box = box;
        this.routes = routes;
        this.faults = faults;
        this.key = key;
    }

    WebAnswer answer(WebRequest request) {
        String[] path = request.path().split("/", -1);
        if (path.length < 2 || !path[1].equals("api")) {
            return WebAnswer.html(200, "<html><head><title>Login | OPNsense</title></head><body></body></html>");
        }
        Optional<String> authorization = request.header("Authorization");
        if (authorization.isEmpty()) {
            return WebAnswer.of(302).withHeader("Location", "/?url=" + request.path());
        }
        if (!isOwner(authorization.get())) {
            return json(401, Json.object("status", 401, "message", "Authentication Failed"));
        }
        if (box.configuration().options().refused().stream().anyMatch(request.path()::startsWith)) {
            return json(403, Json.object("status", 403, "message", "Forbidden"));
        }
        if (Call.isJson(request) && request.body().isEmpty()) {
            // Even of a GET: opnsense/core, ApiControllerBase.php, parseJsonBodyData
            return json(400, Json.object("status", 400, "message", "Invalid JSON syntax"));
        }
        Optional<Action> action = path.length < 5 ? Optional.empty() : routes.find(path[2], path[3], path[4]);
        if (action.isEmpty()) {
            return json(404, Json.object("errorMessage", "Endpoint not found"));
        }
        List<String> parameters = Arrays.stream(path)
                .skip(5)
                .filter(parameter -> !parameter.isEmpty())
                .toList();
        return done(action.get(), Call.of(request, parameters));
    }

    private boolean isOwner(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return false;
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(authorization.substring(6).strip());
            return new String(decoded, StandardCharsets.UTF_8).equals(key);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private WebAnswer done(Action action, Call call) {
        synchronized (box) {
            Configuration.State before = box.configuration().state();
            boolean pretend = faults.swallows(call.request());
            box.pretend(pretend);
            try {
                Object answer = action.answer(call);
                return answer.equals(Json.NULL) ? WebAnswer.json(200, "") : json(200, answer);
            } catch (UserException told) {
                return json(
                        500,
                        Json.object("errorMessage", String.valueOf(told.getMessage()), "errorTitle", told.title()));
            } catch (IOException broken) {
                return json(500, Json.object("errorMessage", "Unexpected error: " + broken.getMessage()));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return json(500, Json.object("errorMessage", "shutting down"));
            } finally {
                box.pretend(false);
                if (pretend) {
                    box.configuration().forgetSince(before);
                }
            }
        }
    }

    private static WebAnswer json(int status, Object answer) {
        return WebAnswer.of(status, "application/json; charset=UTF-8", Json.write(answer));
    }
}
