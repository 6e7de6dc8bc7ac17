package org.funkstille.proof.diagrams;

import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * The state of a packet, which rules do not see as it was sent until connection tracking has looked at it. The field
 * keeps what was sent; a packet that is not to be tracked has a number of its own.
 */
final class States {

    /** Untracked because a rule said so: known to be at once, before connection tracking. */
    static final long NOT_TO_BE_TRACKED = Field.STATE_UNTRACKED + 1;

    private static final ValueSet HIDDEN = Field.STATE.only(NOT_TO_BE_TRACKED);

    /** Of packets that have no flow. */
    private static final ValueSet NO_FLOW = Field.STATE
            .only(Field.STATE_INVALID)
            .union(ValueSet.of(Field.STATE.bits(), Range.of(Field.STATE_UNTRACKED, NOT_TO_BE_TRACKED)));

    private States() {}

    /** The numbers of the field with which rules see one of these states. */
    static ValueSet seen(ValueSet states, boolean tracked) {
        ValueSet hidden = states.contains(Field.STATE_UNTRACKED) ? HIDDEN : Field.STATE.none();
        ValueSet others =
                tracked ? states : states.contains(Field.STATE_INVALID) ? Field.STATE.all() : Field.STATE.none();
        return others.minus(HIDDEN).union(hidden);
    }

    /** The numbers of the field with which a packet has no flow, whose mark could be set (nft_ct_set_eval). */
    static ValueSet withoutFlow(boolean tracked) {
        return tracked ? NO_FLOW : Field.STATE.all();
    }
}
