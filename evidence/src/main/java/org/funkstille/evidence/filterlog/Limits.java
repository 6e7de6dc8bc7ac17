package org.funkstille.evidence.filterlog;

import java.time.Duration;

/**
 * What a listener allows its senders.
 *
 * @param receiveBuffer octets that the kernel is asked to keep for us before it drops datagrams; it grants no more than
 *     net.core.rmem_max
 * @param connections at once; a further one takes the place of the quietest
 * @param patience for the rest of a line that has begun
 * @param idle after this long without a line a connection is closed; senders connect anew when they have one
 */
record Limits(int receiveBuffer, int connections, Duration patience, Duration idle) {

    static final Limits USUAL = new Limits(8 * 1024 * 1024, 8, Duration.ofSeconds(10), Duration.ofHours(1));
}
