package org.funkstille.core.router;

import java.time.Instant;

/**
 * A window as the router has it.
 *
 * @param until when the router itself closes it
 */
public record OpenWindow(String device, Instant until) {}
