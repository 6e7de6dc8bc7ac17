package org.funkstille.discovery.devices;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Mac;

/**
 * Everything that was seen of one device.
 *
 * @param hostName as it told the DHCP server; an attacker may choose it
 * @param greeted the number with which it answered the miIO greeting
 */
record Signs(
        Mac mac,
        List<InetAddress> addresses,
        Optional<InetAddress> leased,
        Optional<String> hostName,
        List<MdnsService> services,
        Optional<Long> greeted) {

    Signs {
        addresses = List.copyOf(addresses);
        services = List.copyOf(services);
    }
}
