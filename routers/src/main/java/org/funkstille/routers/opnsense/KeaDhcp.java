package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;

/** Kea for IPv4. What it pins it gives at the device's next renewal. */
final class KeaDhcp implements DhcpServer {

    private final OpnSenseApi api;

    KeaDhcp(OpnSenseApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "Kea";
    }

    @Override
    public boolean serves() throws RouterException {
        boolean running = api.ifOffered("kea/service/status")
                .filter(status -> Json.text(status, "status").equals("running"))
                .isPresent();
        return running && !api.search("kea/dhcpv4/search_subnet").isEmpty();
    }

    @Override
    public List<Lease> leases() throws RouterException {
        List<Lease> leases = new ArrayList<>();
        for (JsonObject row : api.search("kea/leases4/search")) {
            DnsmasqDhcp.lease(row).ifPresent(leases::add);
        }
        return leases;
    }

    @Override
    public List<StaticHost> hosts() throws RouterException {
        return api.searchIfOffered("kea/dhcpv4/search_reservation").stream()
                .map(row -> new StaticHost(
                        Json.text(row, "uuid"),
                        Json.text(row, "description"),
                        DnsmasqDhcp.macs(Json.text(row, "hw_address")),
                        DnsmasqDhcp.addresses(Json.text(row, "ip_address")),
                        true))
                .toList();
    }

    @Override
    public boolean pins() {
        return true;
    }

    @Override
    public void reserve(Reservation reservation) throws RouterException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("subnet", subnet(reservation));
        fields.put("ip_address", Addresses.text(reservation.address()));
        fields.put("hw_address", reservation.mac().toString());
        fields.put("description", new Mark(reservation.device(), "").toString());
        api.save("kea/dhcpv4/add_reservation", "reservation", fields);
    }

    private String subnet(Reservation reservation) throws RouterException {
        for (JsonObject row : api.search("kea/dhcpv4/search_subnet")) {
            boolean here = Prefix.tryParse(Json.text(row, "subnet"))
                    .filter(prefix -> prefix.contains(reservation.address()))
                    .isPresent();
            if (here) {
                return Json.text(row, "uuid");
            }
        }
        throw new RouterException.Refused("Kea on the router has no subnet with "
                + Addresses.text(reservation.address()) + ", so it cannot be pinned for " + reservation.device());
    }

    @Override
    public void remove(StaticHost host) throws RouterException {
        api.delete("kea/dhcpv4/del_reservation/" + host.uuid());
    }

    @Override
    public void takeOver() throws RouterException {
        api.reload("kea/service/reconfigure");
    }
}
