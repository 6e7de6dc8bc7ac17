package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;

/** ISC's server, the usual one up to 25.1. Its leases can be read; its static mappings have no interface. */
final class IscDhcp implements DhcpServer {

    private final OpnSenseApi api;

    IscDhcp(OpnSenseApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "ISC DHCPv4";
    }

    @Override
    public boolean serves() throws RouterException {
        return api.ifOffered("dhcpv4/service/status")
                .filter(status -> Json.text(status, "status").equals("running"))
                .isPresent();
    }

    @Override
    public List<Lease> leases() throws RouterException {
        List<Lease> leases = new ArrayList<>();
        Optional<JsonNode> answer = api.ifOffered("dhcpv4/leases/search_lease");
        for (JsonObject row : answer.map(Legs::rows).orElse(List.of())) {
            Optional<String> name = Optional.of(Json.text(row, "hostname")).filter(text -> !text.isEmpty());
            // Its times are texts in the router's own time zone, which is not told: the lease counts while it is
            // listed.
            Mac.tryParse(Json.text(row, "mac"))
                    .ifPresent(mac -> Addresses.tryParse(Json.text(row, "address"))
                            .ifPresent(address -> leases.add(new Lease(mac, address, name, Optional.empty()))));
        }
        return leases;
    }

    @Override
    public List<StaticHost> hosts() {
        return List.of();
    }

    @Override
    public boolean pins() {
        return false;
    }

    @Override
    public void reserve(Reservation reservation) throws RouterException {
        throw new RouterException.Refused("ISC DHCPv4 has no interface to pin addresses by");
    }

    @Override
    public void remove(StaticHost host) throws RouterException {
        throw new RouterException.Refused("ISC DHCPv4 has no interface to pin addresses by");
    }

    @Override
    public void takeOver() {
        // nothing was saved
    }
}
