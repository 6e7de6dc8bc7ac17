package org.funkstille.journal;

/** Whatever the journal keeps besides attempts; attempts come in far greater numbers and go a way of their own. */
public sealed interface JournalEntry
        permits FlowBegan, FlowEnded, Change, StoredVerdict, WindowRecord, Loss, Coverage, CanaryResult, NameSeen {}
