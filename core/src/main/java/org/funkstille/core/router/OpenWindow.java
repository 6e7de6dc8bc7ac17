package org.funkstille.core.router;

import java.time.Instant;
import java.util.Optional;

/**
 * A window as the router has it.
 *
 * @param until when it is to end, as its owner asked
 * @param routerCloses when the router itself closes it at the latest, with nobody there to help; absent: never
 */
public record OpenWindow(String device, Instant until, Optional<Instant> routerCloses) {

    /** A window that the router closes to the second. */
    public OpenWindow(String device, Instant until) {
        this(device, until, Optional.of(until));
    }

    /** True where its end has come and the router has not closed it yet, or never will. */
    public boolean overdue(Instant now) {
        return !now.isBefore(until) && !routerCloses.equals(Optional.of(until));
    }
}
