package org.funkstille.routers.opnsense;

import java.util.LinkedHashMap;
import java.util.Map;
import org.funkstille.routers.RouterException;

/** Which privilege of a user lets a call pass, as the ACL files of opnsense/core 25.1 to 26.7 have it. */
final class Privileges {

    /** In the message of a refusal for want of one. */
    static final String LACKS = "lacks the privilege ";

    private static final Map<String, String> BY_ROUTE = new LinkedHashMap<>();

    static {
        BY_ROUTE.put("firewall/filter_util/", "page-firewall-rules (\"Firewall: Rules\")");
        BY_ROUTE.put("firewall/filter/", "page-filter-api (firewall rules by the API)");
        BY_ROUTE.put("firewall/alias_util/", "page-diagnostics-tables (\"Diagnostics: PF Table IP addresses\")");
        BY_ROUTE.put("firewall/alias/", "page-firewall-alias-edit (\"Firewall: Alias: Edit\")");
        BY_ROUTE.put(
                "diagnostics/firewall/pf_statistics",
                "page-diagnostics-pf-info (\"Diagnostics: Firewall statistics\")");
        BY_ROUTE.put(
                "diagnostics/firewall/list_rule_ids",
                "page-diagnostics-system-pftop (\"Diagnostics: Firewall sessions\")");
        BY_ROUTE.put("diagnostics/firewall/", "page-diagnostics-showstates (\"Diagnostics: Show States\")");
        BY_ROUTE.put("diagnostics/interface/get_arp", "page-diagnostics-arptable (\"Diagnostics: ARP Table\")");
        BY_ROUTE.put("diagnostics/interface/get_ndp", "page-diagnostics-ndptable (\"Diagnostics: NDP Table\")");
        BY_ROUTE.put("interfaces/overview/", "page-status-interfaces (\"Status: Interfaces\")");
        BY_ROUTE.put("dnsmasq/", "page-services-dnsforwarder (\"Services: Dnsmasq DNS/DHCP\")");
        BY_ROUTE.put("kea/", "page-dhcp-kea-v4 (\"Services: DHCP: Kea(v4)\")");
        BY_ROUTE.put("dhcpv4/", "page-status-dhcpleases (\"Status: DHCP leases\")");
        BY_ROUTE.put("diagnostics/system/", "page-system-login-logout (\"Lobby: Dashboard\")");
        BY_ROUTE.put("core/firmware/", "page-system-firmware-manualupdate (\"System: Firmware\")");
    }

    private Privileges() {}

    /** True where a privilege is missing; false where the key is wrong, which is then wrong for everything. */
    static boolean lacking(RouterException.NotPermitted refusal) {
        return String.valueOf(refusal.getMessage()).contains(LACKS);
    }

    /** @param path as in the request line */
    static String of(String path) {
        String route = path.startsWith("/api/") ? path.substring("/api/".length()) : path;
        return BY_ROUTE.entrySet().stream()
                .filter(entry -> route.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("for api/" + route);
    }
}
