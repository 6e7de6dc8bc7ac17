package org.funkstille.evidence;

/**
 * For NFLOG, whose datagrams hold many packets each: packets are numbered from 0 by 32 bits, so a gap says exactly how
 * many are lost, but only when the next packet comes. Until then the socket's drop counter says that some are.
 */
final class SequenceGaps implements LossCount {

    private static final long MASK = 0xffff_ffffL;
    private static final long BACKWARDS = 1L << 31;

    private long expected;
    private long missing;
    private long toldAhead;

    /** Of the dropped datagrams, those whose packets lie before one that we have seen. */
    private long covered;

    private long droppedWhenDrained;

    void numbered(long sequence) {
        long gap = (sequence - expected) & MASK;
        if (gap < BACKWARDS) {
            missing += gap;
        }
        expected = (sequence + 1) & MASK;
        // the queue was empty then, so this packet came after all those drops
        covered = droppedWhenDrained;
    }

    @Override
    public long afterMessages(long drops) {
        long alreadyTold = Math.min(missing, toldAhead);
        long fresh = missing - alreadyTold;
        toldAhead -= alreadyTold;
        missing = 0;
        return fresh;
    }

    @Override
    public long afterDrained(long drops) {
        droppedWhenDrained = drops;
        return 0;
    }

    @Override
    public void overrun() {
        // the drop counter says it too
    }

    @Override
    public boolean isOwing() {
        return droppedWhenDrained - covered > toldAhead;
    }

    /** A datagram holds at least one packet. */
    @Override
    public long afterSilence() {
        long least = Math.max(0, droppedWhenDrained - covered - toldAhead);
        toldAhead += least;
        return least;
    }
}
