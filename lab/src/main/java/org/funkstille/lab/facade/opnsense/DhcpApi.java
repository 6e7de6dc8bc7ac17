package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;

/**
 * DHCP: {@code /api/dnsmasq}, {@code /api/kea}, {@code /api/dhcpv4} (opnsense/core, Dnsmasq/Api, Kea/Api,
 * DHCPv4/Api/LeasesController.php).
 */
final class DhcpApi {

    private static final DateTimeFormatter ISC_TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

    private final Box box;
    private final Leases leases;
    private final Reservations server;

    DhcpApi(Box box, Leases leases, Reservations server) {
        this.box = box;
        this.leases = leases;
        this.server = server;
    }

    void routes(Routes routes) {
        Configuration configuration = box.configuration();
        items(routes, "dnsmasq/settings/", "host", "host", configuration.hosts());
        items(routes, "dnsmasq/settings/", "range", "range", configuration.ranges());
        routes.put("dnsmasq/settings/get", _ -> dnsmasq());
        routes.put("dnsmasq/leases/search", call -> search(call, this::dnsmasqRow));
        service(routes, "dnsmasq/service/", DhcpService.DNSMASQ);
        items(routes, "kea/dhcpv4/", "subnet", "subnet4", configuration.subnets());
        items(routes, "kea/dhcpv4/", "reservation", "reservation", configuration.reservations());
        routes.put("kea/dhcpv4/get", _ -> kea());
        routes.put("kea/leases4/search", call -> search(call, this::keaRow));
        service(routes, "kea/service/", DhcpService.KEA);
        if (!box.release().lacksIsc()) {
            routes.put("dhcpv4/leases/search_lease", call -> search(call, this::iscRow));
            service(routes, "dhcpv4/service/", DhcpService.ISC);
        }
    }

    private void items(Routes routes, String controller, String noun, String envelope, ItemList items) {
        ItemActions actions = new ItemActions(box.configuration(), items, envelope);
        routes.put(controller + "add_" + noun, actions::add);
        routes.put(controller + "get_" + noun, actions::get);
        routes.put(controller + "set_" + noun, actions::set);
        routes.put(controller + "del_" + noun, actions::delete);
        routes.put(controller + "search_" + noun, call -> actions.search(call, ""));
    }

    private void service(Routes routes, String controller, DhcpService service) {
        boolean runs = box.configuration().options().dhcp() == service;
        routes.put(
                controller + "status",
                _ -> Json.object(
                        "status",
                        runs ? "running" : "disabled",
                        "widget",
                        Json.object("caption_stop", "stop service", "caption_start", "start service")));
        routes.put(controller + "reconfigure", call -> {
            if (!call.isPost()) {
                return Json.object("status", "failed");
            }
            if (runs && !box.isPretending()) {
                server.apply();
            }
            return Json.object("status", "ok");
        });
    }

    private Object dnsmasq() {
        boolean enabled = box.configuration().options().dhcp() == DhcpService.DNSMASQ;
        Map<String, Object> interfaces = Json.object();
        BoxInterface.choices()
                .forEach((key, text) -> interfaces.put(
                        key, Json.object("value", text, "selected", enabled && !key.equals("wan") ? 1 : 0)));
        return Json.object(
                "dnsmasq", Json.object("enable", enabled ? "1" : "0", "interface", interfaces, "port", "53053"));
    }

    private Object kea() {
        boolean enabled = box.configuration().options().dhcp() == DhcpService.KEA;
        return Json.object("dhcpv4", Json.object("general", Json.object("enabled", enabled ? "1" : "0")));
    }

    /** Shows leases in the form of one of the servers. */
    private interface Form {
        Map<String, Object> row(Leases.Lease lease) throws IOException, InterruptedException;
    }

    private Object search(Call call, Form form) throws IOException, InterruptedException {
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Object> interfaces = Json.object();
        for (Leases.Lease lease : leases.list()) {
            rows.add(form.row(lease));
            lease.network().ifPresent(network -> interfaces.put(network.key(), network.description()));
        }
        Map<String, Object> answer = Search.answer(call, rows, "address");
        answer.put("interfaces", interfaces);
        return answer;
    }

    private Map<String, Object> common(Leases.Lease lease) {
        Map<String, Object> row = Json.object();
        row.put("address", Addresses.text(lease.address()));
        row.put("hwaddr", lease.mac());
        row.put("if", lease.network().map(BoxInterface::device).orElse(""));
        row.put("if_descr", lease.network().map(BoxInterface::description).orElse(""));
        row.put("if_name", lease.network().map(BoxInterface::key).orElse(""));
        row.put("mac_info", "");
        return row;
    }

    private Map<String, Object> dnsmasqRow(Leases.Lease lease) {
        Map<String, Object> row = common(lease);
        row.put("expire", lease.expires());
        row.put("iaid", "");
        row.put("hostname", lease.hostName());
        row.put("client_id", lease.clientId());
        boolean reserved = box.configuration().hosts().all().stream()
                .anyMatch(host -> List.of(
                                host.get("hwaddr").toLowerCase(Locale.ROOT).split(","))
                        .contains(lease.mac()));
        row.put("is_reserved", reserved ? List.of("hwaddr") : List.of());
        return row;
    }

    private Map<String, Object> keaRow(Leases.Lease lease) {
        Map<String, Object> row = common(lease);
        row.put("client_id", lease.clientId().equals("*") ? "" : lease.clientId());
        row.put("valid_lifetime", "120");
        row.put("expire", Long.toString(lease.expires()));
        row.put("subnet_id", lease.network().filter(BoxInterface.LAN::equals).isPresent() ? "1" : "2");
        row.put("hostname", name(lease));
        row.put("state", "0");
        return row;
    }

    private static String name(Leases.Lease lease) {
        return lease.hostName().equals("*") ? "" : lease.hostName();
    }

    private Map<String, Object> iscRow(Leases.Lease lease) throws IOException, InterruptedException {
        Set<String> online = box.neighbours().list(Family.IPV4).stream()
                .map(Neighbours.Neighbour::mac)
                .collect(Collectors.toSet());
        Map<String, Object> row = Json.object();
        row.put("address", Addresses.text(lease.address()));
        row.put("type", "dynamic");
        row.put("status", online.contains(lease.mac()) ? "online" : "offline");
        row.put("binding", "active");
        row.put("state", "active");
        row.put("descr", "");
        row.put("mac", lease.mac());
        Instant ends = Instant.ofEpochSecond(lease.expires());
        row.put(
                "starts",
                ISC_TIME.format(ends.minusSeconds(120).atZone(box.clock().zone())));
        row.put("ends", ISC_TIME.format(ends.atZone(box.clock().zone())));
        row.put("hostname", name(lease));
        row.put("man", "");
        row.put("if", lease.network().map(BoxInterface::device).orElse(""));
        row.put("if_descr", lease.network().map(BoxInterface::description).orElse(""));
        return row;
    }
}
