package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfPorts;

/** What aliases stand for, those that they name included. Names of hosts stand for nothing: nobody resolves them here. */
record Aliases(Configuration configuration) {

    List<PfAddress.Net> addresses(Json.Fields alias) {
        List<PfAddress.Net> result = new ArrayList<>();
        for (String entry : entries(alias.get("name").plain(), new LinkedHashSet<>())) {
            PfAddress.Net.tryParse(entry).ifPresent(result::add);
        }
        return result;
    }

    /** @param names of port aliases, or ports */
    List<PfPorts> ports(List<String> names) {
        List<PfPorts> result = new ArrayList<>();
        for (String name : names) {
            for (String entry : entries(name, new LinkedHashSet<>())) {
                result.add(ports(entry));
            }
        }
        return result;
    }

    /** {@code 25}, {@code 5000:5010}. */
    static PfPorts ports(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? PfPorts.of(Integer.parseInt(text))
                : new PfPorts(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    List<String> entries(String name, Set<String> seen) {
        Optional<Json.Fields> alias = configuration.alias(name);
        if (alias.isEmpty()) {
            return List.of(name);
        }
        if (!seen.add(name)) {
            return List.of(); // aliases that name each other
        }
        return alias.get().get("address").plainItems().stream()
                .flatMap(entry -> entries(entry, seen).stream())
                .toList();
    }
}
