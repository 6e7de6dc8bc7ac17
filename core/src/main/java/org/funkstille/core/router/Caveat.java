package org.funkstille.core.router;

/**
 * Something about this router that limits what may be said of it.
 *
 * @param text for people: what it is and what can be done
 */
public record Caveat(Kind kind, String text) {

    /** What a caveat takes away. */
    public enum Kind {
        /** Packets of running flows bypass the packet filter: a window's flows may outlive it. */
        FLOW_OFFLOAD,
        /** The router tracks no connections: answers within the house and flow events are missing. */
        NO_TRACKING,
        /** The router does not count the bytes of flows. */
        NO_ACCOUNTING,
        /** We cannot pin addresses here; the owner must. */
        NO_RESERVATIONS,
        /** The rules would not come back by themselves after a reboot. */
        NOT_SAVED,
        /** What the listeners miss is not counted, so their silence is worth less. */
        LOSSES_NOT_COUNTED,
        /** The rules in force could not be compared with what they should be. */
        NOT_COMPARED
    }
}
