package org.funkstille.journal;

import org.funkstille.core.evidence.Flow;

/**
 * A flow that is over. Completes what {@link FlowBegan} of the same key and device wrote; where there is no such row (it
 * began while the guard was away, or its row is too old to be kept), the flow is written whole.
 *
 * @param flow with its end
 */
public record FlowEnded(long key, Flow flow) implements JournalEntry {

    public FlowEnded {
        if (flow.ended().isEmpty()) {
            throw new IllegalArgumentException("a flow that ended has an end: " + flow);
        }
    }
}
