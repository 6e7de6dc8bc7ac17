package org.funkstille.evidence;

/** Turns what the kernel tells of drops into numbers of lost events, each counted once. */
interface LossCount {

    /**
     * Messages were handed on.
     *
     * @param drops datagrams that were dropped before these messages were fetched
     * @return events newly known to be lost
     */
    long afterMessages(long drops);

    /**
     * The queue was found empty.
     *
     * @param drops datagrams that had been dropped shortly before
     * @return events newly known to be lost
     */
    long afterDrained(long drops);

    /** The kernel said that it could not queue (ENOBUFS). */
    void overrun();

    /** True where more is lost than was told, and how much only the next message will show. */
    boolean isOwing();

    /** The next message does not come: the least that is lost and was not told. */
    long afterSilence();
}
