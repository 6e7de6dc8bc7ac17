package org.funkstille.proof.filter;

/** The places on a packet's way where base chains stand, in the order of the way. */
public enum Hook {
    /** As the packet comes in, before anything else. */
    INGRESS,
    /** Before routing. pf: rules with {@code in}. */
    PREROUTING,
    /** To the router itself. */
    INPUT,
    /** Through the router. */
    FORWARD,
    /** From the router itself; no packet of a device comes here. */
    OUTPUT,
    /** After routing. pf: rules with {@code out}. */
    POSTROUTING,
    /** As the packet goes out, behind everything else. */
    EGRESS
}
