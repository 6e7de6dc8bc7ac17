package org.funkstille.journal;

import org.funkstille.core.evidence.Attempt;

/**
 * An attempt in the journal.
 *
 * @param id grows in the order in which attempts were written; to be handed to {@link JournalReader#attemptsAfter}
 * @param attempt its time has milliseconds
 */
public record StoredAttempt(long id, Attempt attempt) {}
