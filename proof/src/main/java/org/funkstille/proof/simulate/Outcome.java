package org.funkstille.proof.simulate;

/** Where a packet ends. */
public enum Outcome {
    /** A rule or a policy ended it. */
    GONE(false),
    /** It stayed in the house, or came to the router where that is no way out. */
    STAYED(false),
    /** It reached a service of the router, which may pass it on in its own name. */
    ROUTER(true),
    /** It left the house. */
    OUTSIDE(true);

    private final boolean escape;

    Outcome(boolean escape) {
        this.escape = escape;
    }

    public boolean escape() {
        return escape;
    }
}
