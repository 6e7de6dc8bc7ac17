package org.funkstille.proof.prover;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Mac;

/**
 * Whom the proof is about.
 *
 * @param interfaceName the router's interface that its packets come in by
 * @param addresses IPv4 addresses that it holds or is given; none: any of its network
 */
public record Subject(String name, String interfaceName, List<Mac> macs, List<InetAddress> addresses, Policy policy) {

    public Subject {
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    /** All of them as if they were one, which has the addresses of each. They are in one network, of one policy. */
    static Subject together(List<Subject> subjects) {
        Subject first = subjects.getFirst();
        boolean allKnown =
                subjects.stream().noneMatch(subject -> subject.addresses().isEmpty());
        return new Subject(
                subjects.size() + " devices",
                first.interfaceName(),
                subjects.stream()
                        .flatMap(subject -> subject.macs().stream())
                        .distinct()
                        .toList(),
                allKnown
                        ? subjects.stream()
                                .flatMap(subject -> subject.addresses().stream())
                                .distinct()
                                .toList()
                        : List.of(),
                first.policy());
    }

    /**
     * @param held IPv4 addresses that the router says the device holds now, beside the one that it is given
     * @return nothing where the home does not have the device's network
     */
    public static Optional<Subject> of(Home home, Device device, Collection<InetAddress> held) {
        List<InetAddress> addresses = Stream.concat(device.address().stream(), held.stream())
                .distinct()
                .toList();
        return home.network(device.network())
                .map(network ->
                        new Subject(device.name(), network.interfaceName(), device.macs(), addresses, device.policy()));
    }
}
