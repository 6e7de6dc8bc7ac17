package org.funkstille.lab.facade.pf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.network.Segment;

/**
 * An interface of the router.
 *
 * @param name as pf calls it
 * @param device as Linux calls it
 */
public record PfInterface(String name, String device, List<Address> addresses) {

    public PfInterface {
        addresses = List.copyOf(addresses);
    }

    /** @param length of the network's prefix */
    public record Address(InetAddress address, int length) {

        public Prefix network() {
            return new Prefix(address, length);
        }

        public Family family() {
            return Family.of(address);
        }
    }

    /** Those of the lab's router. */
    public static List<PfInterface> ofLab() {
        List<PfInterface> interfaces = new ArrayList<>();
        interfaces.add(new PfInterface("lo0", "lo", List.of(address("127.0.0.1", 8), address("::1", 128))));
        interfaces.add(
                new PfInterface("wan0", "wan0", List.of(address("198.51.100.2", 30), address("2001:db8:ffff::2", 64))));
        for (Segment segment : Segment.values()) {
            List<Address> addresses = new ArrayList<>();
            addresses.add(address(segment.routerIpv4(), 24));
            segment.ipv6Networks().forEach(network -> addresses.add(address(network + "1", 64)));
            interfaces.add(new PfInterface(segment.routerInterface(), segment.routerInterface(), addresses));
        }
        return List.copyOf(interfaces);
    }

    private static Address address(String text, int length) {
        return new Address(Addresses.parse(text), length);
    }
}
