package org.funkstille.proof.read.pf;

import java.util.List;

/** One end of a packet's way, as a rule names it. */
sealed interface Host {

    record Anywhere() implements Host {}

    record Addresses(Net net) implements Host {}

    record Table(String name) implements Host {}

    /** Every address of the router. */
    record Self() implements Host {}

    /**
     * The addresses of an interface, or what the modifiers make of them.
     *
     * @param modifiers {@code network}, {@code broadcast}, {@code peer}, {@code 0}
     * @param certain false where the name may be a host's as well
     */
    record OfInterface(String name, List<String> modifiers, boolean certain) implements Host {
        public OfInterface {
            modifiers = List.copyOf(modifiers);
        }

        boolean has(String modifier) {
            return modifiers.contains(modifier);
        }
    }

    record NoRoute() implements Host {}

    /** The route back does not lead to the interface that the packet came in by. */
    record RouteElsewhere() implements Host {}

    /** A host name, or something not understood. */
    record Unclear(String text) implements Host {}

    /** @param negated {@code !} stands before it */
    record Entry(boolean negated, Host host) {}
}
