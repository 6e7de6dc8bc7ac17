package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.filter.Packet;

/** The answer to a question. */
public sealed interface Finding {

    /** No packet escapes, whatever is unknown. */
    record Silent() implements Finding {}

    /**
     * A packet escapes, whatever is unknown.
     *
     * @param sent one such packet, as it is sent
     * @param way how it escapes; where that hangs on something unknown: one of its ways
     */
    record Leaking(Packet sent, Way way) implements Finding {}

    /**
     * Some packet may escape, and none surely does.
     *
     * @param sent one that may, as it is sent
     * @param way how
     * @param unknowns on which outcomes, that nobody knows, it depends whether this packet escapes; in the router's own
     *     words, sorted
     */
    record Unproven(Packet sent, Way way, List<String> unknowns) implements Finding {
        public Unproven {
            unknowns = List.copyOf(unknowns);
        }
    }
}
