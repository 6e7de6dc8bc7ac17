package org.funkstille.lab.network;

import java.util.List;
import org.funkstille.core.net.Mac;

/**
 * The network card of a simulated device, always {@code eth0} to the device itself.
 *
 * @param host whose card it is
 * @param segment where its cable goes
 */
public record Card(HostName host, Segment segment, Mac mac) {

    /** The device's own name for its interface. */
    public static final String INTERFACE = "eth0";

    /** The devices. The first half of each MAC address is the maker's, as listed by the IEEE (Xiaomi, Roborock). */
    public static final List<Card> ALL = List.of(
            new Card(HostName.GATEWAY, Segment.IOT, Mac.parse("78:11:dc:12:34:56")),
            new Card(HostName.VACUUM, Segment.IOT, Mac.parse("b0:4a:39:00:00:01")),
            new Card(HostName.HUB, Segment.LAN, Mac.parse("02:00:00:00:00:10")),
            new Card(HostName.PHONE, Segment.LAN, Mac.parse("02:00:00:00:00:20")));

    public static Card of(HostName host) {
        return ALL.stream().filter(card -> card.host == host).findFirst().orElseThrow();
    }
}
