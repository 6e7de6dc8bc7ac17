package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Neighbour;
import org.funkstille.routers.RouterException;

/** Who holds which address, by the router's ARP and NDP tables. */
final class NeighbourTables {

    private final OpnSenseApi api;

    NeighbourTables(OpnSenseApi api) {
        this.api = api;
    }

    List<Neighbour> read() throws RouterException {
        List<Neighbour> neighbours = new ArrayList<>();
        for (String table : List.of("diagnostics/interface/get_arp", "diagnostics/interface/get_ndp")) {
            for (JsonObject row : Legs.rows(api.get(table))) {
                neighbour(row).ifPresent(neighbours::add);
            }
        }
        return neighbours;
    }

    /** FreeBSD keeps what it once knew for a while; an entry that is over names nobody. */
    private static Optional<Neighbour> neighbour(JsonObject row) {
        if (Json.yes(row, "expired")) {
            return Optional.empty();
        }
        String address = Json.text(row, "ip").replaceFirst("%.*", "");
        return Mac.tryParse(Json.text(row, "mac"))
                .flatMap(mac -> Addresses.tryParse(address).map(found -> new Neighbour(mac, found)));
    }
}
