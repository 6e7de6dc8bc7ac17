package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Effect;

/** Policy routing: what {@code route-to} does. {@code reply-to} is about answers, which nobody asks for here. */
final class Routing {

    private final Networks networks;
    private final Set<String> assumptions = new LinkedHashSet<>();

    Routing(Networks networks) {
        this.networks = networks;
    }

    /**
     * Of several ways one that leads outside is taken, as a packet may take it. An interface that the house does not
     * name may lead anywhere: a VPN.
     */
    List<Effect> effects(RuleSyntax.Route route) {
        if (!route.keyword().equals("route-to")) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        route.hops().forEach(hop -> names.add(hop.interfaceName()));
        List<String> outside = names.stream().filter(networks::isOutside).toList();
        if (names.size() > 1 && !outside.isEmpty()) {
            assumptions.add(
                    "of several ways in \"" + route.text() + "\" the one by " + outside.getFirst() + " is taken");
        }
        if (!outside.isEmpty()) {
            return List.of(new Effect.RouteTo(outside.getFirst()));
        }
        boolean inside = names.size() == 1 && networks.isInside(names.iterator().next());
        return List.of(inside ? new Effect.RouteTo(names.iterator().next()) : new Effect.Unclear(route.text()));
    }

    List<String> assumptions() {
        return new ArrayList<>(assumptions);
    }
}
