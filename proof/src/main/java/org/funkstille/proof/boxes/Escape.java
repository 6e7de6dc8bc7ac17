package org.funkstille.proof.boxes;

import java.util.Set;
import org.funkstille.proof.filter.Box;

/**
 * Packets that get out.
 *
 * @param sent as the device sends them
 * @param now as they leave, or reach the router
 * @param unknowns what must come out one way for them to get out; empty: they surely do
 */
public record Escape(Box sent, Box now, Way way, Set<String> unknowns) {

    public enum Way {
        /** By an interface that leads to the internet. */
        OUTSIDE,
        /** To a service of the router. */
        ROUTER
    }

    public Escape {
        unknowns = Set.copyOf(unknowns);
    }
}
