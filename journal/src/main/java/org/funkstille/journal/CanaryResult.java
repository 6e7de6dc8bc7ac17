package org.funkstille.journal;

import java.time.Instant;

/**
 * A packet known to be refused was sent; did the listener see it?
 *
 * @param detail a sentence for people
 */
public record CanaryResult(Instant at, boolean ok, String detail) implements JournalEntry {}
