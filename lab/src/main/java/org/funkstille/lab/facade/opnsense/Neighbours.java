package org.funkstille.lab.facade.opnsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.kernel.Command;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.network.Host;

/** Who the router has heard of in its networks: its ARP and NDP tables. */
final class Neighbours {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();

    private final Host router;

    Neighbours(Host router) {
        this.router = router;
    }

    /** @param mac in lower case */
    record Neighbour(InetAddress address, String device, String mac) {}

    List<Neighbour> list(Family family) throws IOException, InterruptedException {
        List<Neighbour> found = new ArrayList<>();
        String option = family == Family.IPV4 ? "-4" : "-6";
        String json = router.run(Command.of("ip", "-j", option, "neigh"));
        JsonArray entries = json.isBlank() ? JsonArray.create() : JSON.fromJsonArray(json);
        for (JsonNode entry : entries.elements()) {
            Optional<String> mac = entry.extractOrEmpty("lladdr");
            Optional<InetAddress> address = entry.extractOrEmpty("dst").flatMap(Addresses::tryParse);
            if (mac.isPresent() && address.isPresent()) {
                found.add(new Neighbour(
                        address.get(), entry.extract("dev", ""), mac.get().toLowerCase(Locale.ROOT)));
            }
        }
        return found;
    }

    List<PfAddress.Net> addressesOf(String mac) throws IOException, InterruptedException {
        List<PfAddress.Net> found = new ArrayList<>();
        for (Family family : Family.values()) {
            for (Neighbour neighbour : list(family)) {
                if (neighbour.mac().startsWith(mac.toLowerCase(Locale.ROOT))) {
                    PfAddress.Net.tryParse(Addresses.text(neighbour.address())).ifPresent(found::add);
                }
            }
        }
        return found;
    }
}
