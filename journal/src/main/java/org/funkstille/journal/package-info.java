/**
 * What happened, kept in one embedded database file: attempts, flows, changes, verdicts, windows, and how awake the
 * listeners were.
 *
 * <p>{@link org.funkstille.journal.JournalWriter} is the way in for the guard: it never blocks and never throws.
 * {@link org.funkstille.journal.JournalReader} is the way out, from any thread or process.
 */
@NullMarked
package org.funkstille.journal;

import org.jspecify.annotations.NullMarked;
