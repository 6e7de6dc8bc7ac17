package org.funkstille.proof.boxes;

/** Counts steps, so that no rule set can keep the proof busy for ever. */
final class Budget {

    /** A home's rule set takes some thousands of steps; this many take a few seconds. */
    static final long STEPS = 30_000_000;

    /** Streams of packets that are told apart at one place. */
    static final int STREAMS = 20_000;

    private final long steps;
    private long taken;

    Budget(long steps) {
        this.steps = steps;
    }

    void take(long count) throws TooLarge {
        taken += count;
        if (taken > steps) {
            throw new TooLarge("the rules tell more kinds of packets apart than can be looked at");
        }
    }

    void requireStreams(int count) throws TooLarge {
        if (count > STREAMS) {
            throw new TooLarge("the rules tell more kinds of packets apart than can be held: " + count);
        }
    }
}
