package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfInterface;
import org.funkstille.lab.router.Router;

/** Who has an address of the lab's DHCP server. */
final class Leases {

    private final Router router;

    Leases(Router router) {
        this.router = router;
    }

    /**
     * A line of the lease file.
     *
     * @param expires seconds since 1970
     * @param hostName {@code *} where it said none
     * @param clientId {@code *} where it said none
     */
    record Lease(long expires, String mac, InetAddress address, String hostName, String clientId) {

        /** The network it is in. */
        Optional<BoxInterface> network() {
            return PfInterface.ofLab().stream()
                    .filter(one -> one.addresses().stream()
                            .anyMatch(own -> own.network().family() == Family.of(address)
                                    && own.network().contains(address)))
                    .flatMap(one -> BoxInterface.byDevice(one.name()).stream())
                    .findFirst();
        }
    }

    List<Lease> list() throws IOException {
        List<Lease> leases = new ArrayList<>();
        for (String line : router.leases()) {
            String[] parts = line.split(" ");
            if (parts.length > 4 && parts[0].matches("[0-9]{1,12}")) {
                Addresses.tryParse(parts[2])
                        .filter(address -> Family.of(address) == Family.IPV4)
                        .ifPresent(address ->
                                leases.add(new Lease(Long.parseLong(parts[0]), parts[1], address, parts[3], parts[4])));
            }
        }
        return leases;
    }
}
