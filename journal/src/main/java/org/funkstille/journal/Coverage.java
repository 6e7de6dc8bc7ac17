package org.funkstille.journal;

import java.time.Instant;
import org.funkstille.core.evidence.EvidenceSource;

/**
 * A listener was awake without a gap. Written again with the same source and beginning it replaces what stood there: so
 * it is extended.
 *
 * @param lost events the listener lost in this time
 */
public record Coverage(EvidenceSource source, Instant from, Instant until, long lost) implements JournalEntry {}
