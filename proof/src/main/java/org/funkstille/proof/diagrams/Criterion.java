package org.funkstille.proof.diagrams;

import java.util.List;

/** A condition with all of it as diagrams that can be: what remains open is asked on the way. */
sealed interface Criterion {

    /** @param diagram the packets for which it holds */
    record Known(int diagram) implements Criterion {}

    /** Unknown to everybody. */
    record ByNature(String what) implements Criterion {}

    /** As the sender likes. */
    record BySender() implements Criterion {}

    record Opposite(Criterion test) implements Criterion {}

    /** For a packet of the diagram, and all others hold; these are open and asked in their order. */
    record Every(int diagram, List<Criterion> open) implements Criterion {}

    /** For a packet of the diagram, or one of the others holds; these are open and asked in their order. */
    record Some(int diagram, List<Criterion> open) implements Criterion {}

    Criterion ALWAYS = new Known(Diagrams.TRUE);
    Criterion NEVER = new Known(Diagrams.FALSE);
}
