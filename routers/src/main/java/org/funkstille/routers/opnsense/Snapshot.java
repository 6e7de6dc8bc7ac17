package org.funkstille.routers.opnsense;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.router.Observation;
import org.funkstille.routers.pf.PfLayout;

/**
 * All that was read of the router at one moment.
 *
 * @param layout what should be there
 * @param rules everybody's, of all interfaces
 * @param aliases everybody's
 * @param tables what pf itself has in the tables of our aliases; absent values: it could not be read
 */
record Snapshot(
        Offering offering,
        Legs legs,
        PfLayout layout,
        List<FilterRule> rules,
        List<Alias> aliases,
        Map<String, Optional<List<String>>> tables,
        InForce inForce,
        Observation observation) {

    Snapshot {
        rules = List.copyOf(rules);
        aliases = List.copyOf(aliases);
        tables = Map.copyOf(tables);
    }

    Optional<Alias> alias(String name) {
        return aliases.stream().filter(alias -> alias.name().equals(name)).findFirst();
    }
}
