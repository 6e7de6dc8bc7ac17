package org.funkstille.routers.opnsense;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.model.Secret;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/** The key and secret of a user of the interface, never printed. */
final class ApiKey {

    private ApiKey() {}

    /**
     * @return {@code key:secret}; the file that OPNsense offers for download, with lines {@code key=} and {@code secret=},
     *     is taken as it is
     */
    static String read(String router, Optional<Secret> where, Secrets secrets) throws RouterException {
        Secret key = where.orElseThrow(() -> new RouterException.NotPermitted("router " + router
                + ": no key: in the configuration; make one (System > Access > Users, API keys) and write key:secret into"
                + " a file that only you can read"));
        String text;
        try {
            text = secrets.read(key).strip();
        } catch (Secrets.Unreadable unreadable) {
            throw new RouterException.NotPermitted("router " + router + ": " + unreadable.getMessage());
        }
        String pair = downloaded(text).orElse(text);
        if (!pair.matches("[^:\\s]+:\\S+")) {
            throw new RouterException.NotPermitted(
                    "router " + router + ": what key: names does not have the form key:secret");
        }
        return pair;
    }

    private static Optional<String> downloaded(String text) {
        Map<String, String> lines = new HashMap<>();
        text.lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> lines.put(pair[0].strip(), pair[1].strip()));
        return lines.containsKey("key") && lines.containsKey("secret")
                ? Optional.of(lines.get("key") + ":" + lines.get("secret"))
                : Optional.empty();
    }
}
