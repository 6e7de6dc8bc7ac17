package org.funkstille.lab.device;

import java.time.Duration;

/**
 * How often the simulated devices do what they do. Real ones are slower: a heartbeat comes every 10 s (vendor LAN
 * protocol V1.0.7), the cloud channel is kept alive every 20 s and retried after 5 s (published miIO logs).
 *
 * @param heartbeat the gateway's heartbeats in the local network
 * @param report the reports of its sensors
 * @param call each way of phoning home
 * @param publicResolver questions to a resolver that DHCP did not name
 * @param poll the hub's questions to the gateway
 */
public record Pace(Duration heartbeat, Duration report, Duration call, Duration publicResolver, Duration poll) {

    /** Quick enough that nobody has to wait for the lab. */
    public static Pace quick() {
        return new Pace(
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1));
    }
}
