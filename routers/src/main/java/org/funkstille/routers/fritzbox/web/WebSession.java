package org.funkstille.routers.fritzbox.web;

import io.avaje.json.JsonException;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.fritzbox.tr064.BoxLogin;
import org.funkstille.routers.http.HttpAnswer;
import org.funkstille.routers.http.HttpCall;
import org.funkstille.routers.http.RouterHttp;

/** A session of the web interface. It ends by itself when it was not used for a while; then a new one is begun. */
public final class WebSession implements AutoCloseable {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final int FORBIDDEN = 403;

    private final RouterHttp web;
    private final BoxLogin login;
    private Optional<String> sid = Optional.empty();

    public WebSession(RouterHttp web, BoxLogin login) {
        this.web = web;
        this.login = login;
    }

    /** @param call made with the id of a session */
    HttpAnswer send(Function<String, HttpCall> call) throws RouterException {
        HttpAnswer answer = web.send(call.apply(session()));
        if (answer.status() != FORBIDDEN) {
            return answer;
        }
        sid = Optional.empty();
        HttpCall again = call.apply(session());
        HttpAnswer second = web.send(again);
        if (second.status() == FORBIDDEN) {
            throw new RouterException.NotPermitted(web.about(again) + "HTTP 403 in a new session: user \""
                    + login.credentials().user() + "\" may not use the settings pages. Give it the right"
                    + " \"FRITZ!Box Settings\" under System > FRITZ!Box Users > Users > Edit");
        }
        return second;
    }

    private String session() throws RouterException {
        if (sid.isPresent()) {
            return sid.get();
        }
        login.requireNotRefused(web);
        LoginPage page = LoginPage.ask(web);
        BoxLogin.requireOpenDoor(web, page.block());
        LoginPage after = page.login(web, login.credentials());
        if (!after.in()) {
            throw login.refuse(web);
        }
        sid = Optional.of(after.sid());
        return after.sid();
    }

    JsonObject json(HttpCall about, HttpAnswer answer) throws RouterException {
        try {
            return JSON.fromJsonObject(answer.text());
        } catch (JsonException notJson) {
            throw new RouterException.Unreachable(
                    web.about(about) + "HTTP " + answer.status() + " and something that is no JSON, or not whole");
        }
    }

    static String text(JsonObject json) {
        return JSON.toJson(json);
    }

    String about(HttpCall call) {
        return web.about(call);
    }

    /** Ends the session at the box, which keeps only so many. */
    @Override
    public void close() {
        try {
            if (sid.isPresent()) {
                LoginPage.logout(web, sid.get());
            }
        } catch (RouterException ignored) {
            // It ends by itself.
        }
        sid = Optional.empty();
    }
}
