package org.funkstille.lab.device;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * What the hub has heard from the gateway.
 *
 * @param reports of sensors
 * @param heartbeats of the gateway itself
 * @param bySid reports and heartbeats by the sid of who speaks
 * @param asked questions sent to the gateway
 * @param answers that came to them
 * @param lastSource from where the last multicast came
 */
public record HubReports(
        long reports,
        long heartbeats,
        Map<String, Long> bySid,
        long asked,
        long answers,
        Optional<InetSocketAddress> lastSource) {

    public HubReports {
        bySid = Map.copyOf(bySid);
    }
}
