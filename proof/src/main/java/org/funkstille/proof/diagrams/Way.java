package org.funkstille.proof.diagrams;

/** By which way a packet escapes. */
public enum Way {
    /** It leaves the house. */
    OUTSIDE,
    /** It reaches a service of the router, which may pass on what it was told. */
    ROUTER
}
