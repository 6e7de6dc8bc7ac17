package org.funkstille.lab.facade.opnsense;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The commands that there are, by module, controller and command. As the router of 24.7 and later has it, {@code
 * add_rule} and {@code addRule} are the same.
 */
final class Routes {

    private final Map<String, Action> actions = new HashMap<>();

    /** @param path {@code firewall/filter/add_rule} */
    void put(String path, Action action) {
        actions.put(plain(path), action);
    }

    Optional<Action> find(String module, String controller, String command) {
        return Optional.ofNullable(actions.get(plain(module + "/" + controller + "/" + command)));
    }

    private static String plain(String path) {
        return path.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
