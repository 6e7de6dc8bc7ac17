package org.funkstille.evidence;

/** For sources whose every datagram holds one event: the socket's own counter is exact. */
final class DroppedDatagrams implements LossCount {

    private long told;
    private long atLastOverrun;
    private boolean overrun;

    @Override
    public long afterMessages(long drops) {
        long fresh = drops - told;
        told = drops;
        return fresh;
    }

    @Override
    public long afterDrained(long drops) {
        boolean uncounted = overrun && drops == atLastOverrun; // no memory even to make the datagram
        atLastOverrun = overrun ? drops : atLastOverrun;
        overrun = false;
        return afterMessages(drops) + (uncounted ? 1 : 0);
    }

    @Override
    public void overrun() {
        overrun = true;
    }

    @Override
    public boolean isOwing() {
        return false;
    }

    @Override
    public long afterSilence() {
        return 0;
    }
}
