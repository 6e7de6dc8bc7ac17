package org.funkstille.discovery.devices;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * A device that was found.
 *
 * @param addresses IPv4 before IPv6
 * @param leased the IPv4 address that the router's DHCP server gave it
 * @param hostName what it calls itself, made harmless
 * @param model its vendor's model id, {@code lumi.gateway.v3}; only where a name of its says so
 * @param did its number in the miIO protocol
 * @param evidence why it is thought to be that, a line each, for people
 */
public record FoundDevice(
        Mac mac,
        List<InetAddress> addresses,
        Optional<InetAddress> leased,
        Optional<String> hostName,
        Optional<String> model,
        Optional<Long> did,
        Confidence confidence,
        List<String> evidence) {

    public FoundDevice {
        addresses = List.copyOf(addresses);
        evidence = List.copyOf(evidence);
    }

    /** True where its model is known well enough to write rules for it. */
    public boolean recognised() {
        return model.isPresent() && (confidence == Confidence.SURE || confidence == Confidence.LIKELY);
    }
}
