package org.funkstille.proof.simulate;

/** Counts the rules that a packet is held against, over all its courses: jumps can make them very many. */
final class Steps {

    private static final long MOST = 1_000_000;

    /** A packet would take longer than anybody waits: by its rules, or by the numbers that a mark may have. */
    static final class TooMany extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super("a packet would take more steps than are allowed", null, false, false);
        }
    }

    private long taken;

    void take() {
        taken++;
        if (taken > MOST) {
            throw new TooMany();
        }
    }
}
