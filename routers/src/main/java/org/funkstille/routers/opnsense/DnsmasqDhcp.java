package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Lease;
import org.funkstille.core.router.Reservation;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.Mark;

/**
 * Dnsmasq, what a fresh 25.7 and later serves with. A host without a name is taken where it has a hardware address
 * (opnsense/core, Dnsmasq.php), so no name in the house's DNS comes of it.
 */
final class DnsmasqDhcp implements DhcpServer {

    private final OpnSenseApi api;

    DnsmasqDhcp(OpnSenseApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return "Dnsmasq";
    }

    /** It may run for the DNS alone: then it has no ranges. */
    @Override
    public boolean serves() throws RouterException {
        boolean running = api.ifOffered("dnsmasq/service/status")
                .filter(status -> Json.text(status, "status").equals("running"))
                .isPresent();
        return running && !api.search("dnsmasq/settings/search_range").isEmpty();
    }

    @Override
    public List<Lease> leases() throws RouterException {
        List<Lease> leases = new ArrayList<>();
        for (JsonObject row : api.search("dnsmasq/leases/search")) {
            lease(row).ifPresent(leases::add);
        }
        return leases;
    }

    static Optional<Lease> lease(JsonObject row) {
        Optional<String> name =
                Optional.of(Json.text(row, "hostname")).filter(text -> !text.isEmpty() && !text.equals("*"));
        OptionalLong expiry = Json.number(row, "expire");
        // 0 is how dnsmasq writes "never".
        Optional<Instant> expires = expiry.isPresent() && expiry.getAsLong() > 0
                ? Optional.of(Instant.ofEpochSecond(expiry.getAsLong()))
                : Optional.empty();
        return Mac.tryParse(Json.text(row, "hwaddr"))
                .flatMap(mac -> Addresses.tryParse(Json.text(row, "address"))
                        .map(address -> new Lease(mac, address, name, expires)));
    }

    @Override
    public List<StaticHost> hosts() throws RouterException {
        return api.searchIfOffered("dnsmasq/settings/search_host").stream()
                .map(DnsmasqDhcp::host)
                .toList();
    }

    private static StaticHost host(JsonObject row) {
        return new StaticHost(
                Json.text(row, "uuid"),
                Json.text(row, "descr"),
                macs(Json.text(row, "hwaddr")),
                addresses(Json.text(row, "ip")),
                !Json.yes(row, "ignore"));
    }

    static List<Mac> macs(String list) {
        return words(list).stream().flatMap(text -> Mac.tryParse(text).stream()).toList();
    }

    static List<InetAddress> addresses(String list) {
        return words(list).stream()
                .flatMap(text -> Addresses.tryParse(text).stream())
                .toList();
    }

    private static List<String> words(String list) {
        return List.of(list.strip().split("[,\\s]+"));
    }

    @Override
    public boolean pins() {
        return true;
    }

    @Override
    public void reserve(Reservation reservation) throws RouterException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("host", "");
        fields.put("ip", Addresses.text(reservation.address()));
        fields.put("hwaddr", reservation.mac().toString());
        fields.put("ignore", "0");
        fields.put("descr", new Mark(reservation.device(), "").toString());
        api.save("dnsmasq/settings/add_host", "host", fields);
    }

    @Override
    public void remove(StaticHost host) throws RouterException {
        api.delete("dnsmasq/settings/del_host/" + host.uuid());
    }

    @Override
    public void takeOver() throws RouterException {
        api.reload("dnsmasq/service/reconfigure");
    }
}
