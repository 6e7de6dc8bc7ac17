package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfInterface;

/**
 * Interfaces and who is behind them (opnsense/core, Diagnostics/Api/InterfaceController.php with list_arp.py and
 * list_ndp.py, Interfaces/Api/OverviewController.php).
 */
final class InterfaceApi {

    private final Box box;
    private final Leases leases;

    InterfaceApi(Box box, Leases leases) {
        this.box = box;
        this.leases = leases;
    }

    void routes(Routes routes) {
        routes.put("diagnostics/interface/get_interface_names", _ -> names());
        routes.put("diagnostics/interface/get_interface_config", _ -> configured());
        routes.put("diagnostics/interface/get_arp", _ -> arp());
        routes.put("diagnostics/interface/search_arp", call -> Search.answer(call, arp(), ""));
        routes.put("diagnostics/interface/get_ndp", _ -> ndp());
        routes.put("diagnostics/interface/search_ndp", call -> Search.answer(call, ndp(), ""));
        routes.put("interfaces/overview/interfaces_info", call -> Search.answer(call, overview(), ""));
        routes.put("interfaces/overview/export", _ -> overview());
    }

    private static Object names() {
        Map<String, Object> names = Json.object();
        BoxInterface.ALL.forEach(one -> names.put(one.device(), BoxInterface.nameOf(one.device())));
        names.put("lo0", "Loopback");
        return names;
    }

    private List<Map<String, Object>> arp() throws IOException, InterruptedException {
        Map<String, String> hostNames = leases.list().stream()
                .collect(Collectors.toMap(
                        lease -> Addresses.text(lease.address()), Leases.Lease::hostName, (first, _) -> first));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Neighbours.Neighbour neighbour : box.neighbours().list(Family.IPV4)) {
            String address = Addresses.text(neighbour.address());
            rows.add(Json.object(
                    "mac",
                    neighbour.mac(),
                    "ip",
                    address,
                    "intf",
                    neighbour.device(),
                    "expired",
                    false,
                    "expires",
                    1200,
                    "permanent",
                    false,
                    "type",
                    "ethernet",
                    "manufacturer",
                    "",
                    "hostname",
                    hostNames.getOrDefault(address, "").replace("*", ""),
                    "intf_description",
                    BoxInterface.nameOf(neighbour.device())));
        }
        return rows;
    }

    /** Link-local addresses are shown with their scope, as ndp(8) prints them. */
    private List<Map<String, Object>> ndp() throws IOException, InterruptedException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Neighbours.Neighbour neighbour : box.neighbours().list(Family.IPV6)) {
            String address = Addresses.text(neighbour.address());
            boolean scoped = neighbour.address().isLinkLocalAddress();
            rows.add(Json.object(
                    "mac", neighbour.mac(),
                    "ip", scoped ? address + "%" + neighbour.device() : address,
                    "intf", neighbour.device(),
                    "manufacturer", "",
                    "intf_description", BoxInterface.nameOf(neighbour.device())));
        }
        return rows;
    }

    private static Object configured() {
        Map<String, Object> result = Json.object();
        for (PfInterface one : PfInterface.ofLab()) {
            Map<String, Object> shown = common(one);
            shown.put("ipv4", addresses(one, Family.IPV4));
            shown.put("ipv6", addresses(one, Family.IPV6));
            result.put(one.name(), shown);
        }
        return result;
    }

    private static Map<String, Object> common(PfInterface one) {
        return Json.object(
                "flags",
                List.of("up", "broadcast", "running", "simplex", "multicast"),
                "capabilities",
                List.of(),
                "options",
                List.of(),
                "macaddr",
                one.name().equals("lo0") ? "00:00:00:00:00:00" : "02:00:00:00:0b:01",
                "supported_media",
                List.of(),
                "is_physical",
                !one.name().equals("lo0"),
                "device",
                one.name(),
                "mtu",
                "1500",
                "media",
                "Ethernet autoselect",
                "status",
                "active");
    }

    private static List<Object> addresses(PfInterface one, Family family) {
        List<Object> result = new ArrayList<>();
        for (PfInterface.Address address : one.addresses()) {
            if (address.family() == family) {
                Map<String, Object> shown = Json.object(
                        "ipaddr", Addresses.text(address.address()), "subnetbits", address.length(), "tunnel", false);
                if (family == Family.IPV6) {
                    shown.put("autoconf", false);
                    shown.put("deprecated", false);
                    shown.put("link-local", false);
                    shown.put("tentative", false);
                }
                result.add(shown);
            }
        }
        return result;
    }

    private static List<Map<String, Object>> overview() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PfInterface one : PfInterface.ofLab()) {
            Map<String, Object> row = common(one);
            row.put("status", "up");
            row.put(
                    "routes",
                    one.addresses().stream()
                            .map(own -> own.network().toString())
                            .toList());
            BoxInterface.byDevice(one.name()).ifPresentOrElse(box -> assigned(row, one, box), () -> {
                row.put("identifier", "lo0");
                row.put("description", "Loopback");
            });
            rows.add(row);
        }
        return rows;
    }

    private static void assigned(Map<String, Object> row, PfInterface one, BoxInterface box) {
        row.put(
                "config",
                Json.object("if", box.device(), "descr", box.given(), "enable", "1", "identifier", box.key()));
        row.put("identifier", box.key());
        row.put("description", box.description());
        row.put("enabled", true);
        row.put("link_type", "static");
        for (Family family : Family.values()) {
            List<Object> shown = one.addresses().stream()
                    .filter(own -> own.family() == family)
                    .map(own -> (Object) Json.object("ipaddr", Addresses.text(own.address()) + "/" + own.length()))
                    .toList();
            String number = family == Family.IPV4 ? "4" : "6";
            row.put(
                    "addr" + number,
                    shown.getFirst() instanceof Map<?, ?> map ? String.valueOf(map.get("ipaddr")) : "");
            row.put("ipv" + number, shown);
        }
        row.put("vlan_tag", Json.NULL);
        row.put("gateways", box.equals(BoxInterface.WAN) ? List.of("198.51.100.1", "2001:db8:ffff::1") : List.of());
    }
}
