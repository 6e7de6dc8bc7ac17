package org.funkstille.journal;

import java.time.Instant;

/**
 * A verdict as it was given.
 *
 * @param status {@code silent}, {@code leaking}, ...
 * @param grade {@code proved}, {@code observed}, {@code declared}
 * @param json the whole verdict with its witnesses
 */
public record StoredVerdict(Instant at, String device, String status, String grade, String json)
        implements JournalEntry {}
