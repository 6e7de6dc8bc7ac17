package org.funkstille.journal;

import java.util.Optional;
import org.funkstille.core.net.Endpoint;

/**
 * How often a device tried one destination.
 *
 * @param destination absent for the many rare ones, of which old sums keep only the total
 * @param name what it was called; for DNS queries the name asked for
 * @param packets refused packets
 */
public record DestinationTotal(String device, Optional<Endpoint> destination, Optional<String> name, long packets) {}
