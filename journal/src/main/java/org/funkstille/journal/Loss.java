package org.funkstille.journal;

import java.time.Instant;
import org.funkstille.core.evidence.EvidenceSource;

/**
 * Events that were there and did not reach the journal.
 *
 * @param events how many
 */
public record Loss(Instant at, EvidenceSource source, long events) implements JournalEntry {}
