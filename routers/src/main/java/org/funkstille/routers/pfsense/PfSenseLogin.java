package org.funkstille.routers.pfsense;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.funkstille.core.model.Router;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/**
 * How we say who we are: by an API key where there is one, else by name and password. A token (JWT) would only spare the
 * password on later requests, all of which go through the same pinned TLS, and would run out in the middle of work.
 *
 * @param header its name
 * @param value secret
 * @param what for people
 */
record PfSenseLogin(String header, String value, String what) {

    /** @throws RouterException.NotPermitted where a secret cannot be read, or there is none */
    static PfSenseLogin of(Router router, Secrets secrets) throws RouterException {
        try {
            if (router.access().key().isPresent()) {
                return new PfSenseLogin(
                        "X-API-Key", secrets.read(router.access().key().get()), "the API key");
            }
            Optional<String> user = router.access().user();
            if (user.isPresent() && router.password().isPresent()) {
                String pair = user.get() + ":" + secrets.read(router.password().get());
                String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
                return new PfSenseLogin(
                        "Authorization", "Basic " + encoded, "user " + user.get() + " with its password");
            }
        } catch (Secrets.Unreadable unreadable) {
            throw new RouterException.NotPermitted("router " + router.name() + ": " + unreadable.getMessage());
        }
        throw new RouterException.NotPermitted(
                "router " + router.name() + ": pfSense needs \"key\", or \"user\" and" + " \"password\"");
    }

    @Override
    public String toString() {
        return what;
    }
}
