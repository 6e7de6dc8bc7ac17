package org.funkstille.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.core.model.Home;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Observation;
import org.funkstille.proof.house.House;

/** The house as its owner describes it, with what the router has on its interfaces now: prefixes come and go. */
final class HouseNow {

    private static final String LOOPBACK = "lo";

    private HouseNow() {}

    static House of(Home home, Observation observation) {
        House described = House.of(home);
        Map<String, List<Prefix>> found = observation.ownPrefixes();
        List<House.Leg> inside = described.inside().stream()
                .map(leg -> leg.with(union(leg.prefixes(), found.getOrDefault(leg.interfaceName(), List.of()))))
                .toList();
        return new House(inside, described.outside().isEmpty() ? others(described, found) : described.outside());
    }

    /** Where nobody says which way leads to the internet, every other one may. */
    private static List<String> others(House described, Map<String, List<Prefix>> found) {
        return found.keySet().stream()
                .filter(name ->
                        !name.equals(LOOPBACK) && !described.interfaces().contains(name))
                .sorted()
                .toList();
    }

    /** What has changed, a sentence for each interface. */
    static List<String> changes(House before, House now) {
        List<String> changes = new ArrayList<>();
        for (House.Leg leg : now.inside()) {
            List<Prefix> were = before.prefixes(leg.interfaceName());
            if (!were.equals(now.prefixes(leg.interfaceName()))) {
                changes.add(
                        "the prefixes on " + leg.interfaceName() + " are now " + leg.prefixes() + " and were " + were);
            }
        }
        if (!before.outside().equals(now.outside())) {
            changes.add("the ways out are now " + now.outside() + " and were " + before.outside());
        }
        return changes;
    }

    private static List<Prefix> union(List<Prefix> described, List<Prefix> found) {
        Set<Prefix> all = new LinkedHashSet<>(described);
        all.addAll(found);
        return List.copyOf(all);
    }
}
