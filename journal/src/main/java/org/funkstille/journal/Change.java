package org.funkstille.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Something changed: by Funkstille, or under its eyes.
 *
 * @param device absent where it concerns the router or the house
 * @param kind one word for machines, such as {@code drift-repaired}, {@code address-changed}, {@code router-restarted}
 * @param detail a sentence for people
 */
public record Change(Instant at, Optional<String> device, String kind, String detail) implements JournalEntry {}
