package org.funkstille.core.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the journal is kept, and how much of it.
 *
 * @param file absent: the usual place of the system
 * @param keep how long single attempts and flows are kept; sums by hour stay
 * @param maxBytes the file's largest size; the oldest attempts go first
 */
public record JournalSettings(Optional<Path> file, Duration keep, long maxBytes) {

    public static final JournalSettings DEFAULT =
            new JournalSettings(Optional.empty(), Duration.ofDays(30), 300L * 1024 * 1024);
}
