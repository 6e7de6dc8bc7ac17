package org.funkstille.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * A time during which a silenced device may go out. Written again under the same number it replaces what stood there:
 * so a window is closed.
 *
 * @param id its number, from 1; {@link Journal#openWindow} gives a new one
 * @param until when it closes by itself
 * @param closed when it was in fact closed; absent while it is open
 * @param closedBy who or what closed it
 */
public record WindowRecord(
        long id,
        String device,
        Instant opened,
        Instant until,
        String reason,
        Optional<Instant> closed,
        Optional<String> closedBy)
        implements JournalEntry {}
