package org.funkstille.evidence;

import java.time.Instant;

/** What one line of a router's output means. */
@FunctionalInterface
interface LineReading {

    /** @param now for lines that have no time of their own */
    Decoded read(String line, Instant now);
}
