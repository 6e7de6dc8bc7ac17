package org.funkstille.lab.facade.opnsense;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Which aliases there are, for those that may name one. */
record AliasNames(Supplier<List<Item>> aliases) {

    /** Those that the box itself has: tables that other parts of it fill. */
    static final List<String> BUILT_IN = List.of("bogons", "bogonsv6", "virusprot", "sshlockout");

    Optional<Item> find(String name) {
        return aliases.get().stream()
                .filter(alias -> alias.get("name").equals(name))
                .findFirst();
    }

    boolean ofPorts(String name) {
        return find(name).filter(alias -> alias.get("type").equals("port")).isPresent();
    }

    boolean ofAddresses(String name) {
        return find(name).filter(alias -> !alias.get("type").equals("port")).isPresent()
                || BUILT_IN.contains(name)
                || name.matches("__[a-z0-9]+_network");
    }
}
