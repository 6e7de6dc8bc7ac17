package org.funkstille.journal;

import org.funkstille.core.evidence.Flow;

/**
 * A flow that is open.
 *
 * @param key what tells it from others that are open at the same time: the router's own number for it
 */
public record FlowBegan(long key, Flow flow) implements JournalEntry {}
