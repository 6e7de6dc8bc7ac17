package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.lab.facade.opnsense.ItemList.Problem;

/**
 * What DHCP servers and the log keep in the configuration, with the little that is checked of it (opnsense/core,
 * Dnsmasq/Dnsmasq.xml and .php, Kea/KeaDhcpv4.php, Syslog/Syslog.xml; the wording about an address that is taken is not
 * theirs).
 */
final class ServiceModel {

    private static final String MAC = "([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}";
    private static final String MACS = MAC + "(," + MAC + ")*";
    private static final String HOST_NAME = "[A-Za-z0-9_*]([A-Za-z0-9_.-]*[A-Za-z0-9])?";

    private ServiceModel() {}

    /** Addresses that Dnsmasq reserves, and names that it answers. */
    static ItemList hosts() {
        ItemList[] made = new ItemList[1];
        made[0] = new ItemList(
                "hosts",
                List.of(
                        Field.text("host", HOST_NAME, "Please enter a valid hostname."),
                        Field.text("domain", HOST_NAME, "A valid domain must be specified."),
                        Field.text("local", "[01]?", "Value should be a boolean (0,1)."),
                        Field.checked("ip", ServiceModel::addressProblems),
                        Field.text("cnames"),
                        Field.text("client_id"),
                        Field.text("hwaddr", MACS, "Invalid MAC address."),
                        Field.text("lease_time", "[0-9]+", "Value is not a valid integer."),
                        Field.text("ignore", "[01]?", "Value should be a boolean (0,1)."),
                        Field.text("set_tag"),
                        Field.text("descr"),
                        Field.text("comments"),
                        Field.text("aliases")),
                host -> hostProblems(host, made[0].all()));
        return made[0];
    }

    private static List<String> addressProblems(String value) {
        return Arrays.stream(value.split(","))
                        .allMatch(text -> Addresses.tryParse(text).isPresent())
                ? List.of()
                : List.of("Please specify a valid network segment or IP address.");
    }

    private static List<Problem> hostProblems(Item host, List<Item> all) {
        List<Problem> problems = new ArrayList<>();
        if (!host.get("hwaddr").isEmpty() && host.get("ip").contains(":")) {
            problems.add(new Problem("ip", "Only IPv4 reservations are currently supported"));
        }
        if (host.get("host").isEmpty() && host.get("hwaddr").isEmpty()) {
            problems.add(new Problem("host", "Hostnames my only be omitted when a hardware address is offered."));
        }
        boolean taken = all.stream()
                .filter(other -> !other.uuid().equals(host.uuid()))
                .flatMap(other -> Arrays.stream(other.get("ip").split(",")))
                .anyMatch(ip -> !ip.isEmpty()
                        && Arrays.asList(host.get("ip").split(",")).contains(ip));
        if (taken) {
            problems.add(new Problem("ip", "This address is already in use by another host."));
        }
        return problems;
    }

    static ItemList ranges() {
        return new ItemList(
                "dhcp_ranges",
                List.of(
                        Field.choice("interface", "", BoxInterface.choices()),
                        Field.text("set_tag"),
                        Field.text("start_addr"),
                        Field.text("end_addr"),
                        Field.text("subnet_mask"),
                        Field.text("constructor"),
                        Field.text("mode"),
                        Field.text("prefix_len"),
                        Field.text("lease_time"),
                        Field.choice(
                                "domain_type", "range", RuleModel.texts("interface", "Interface", "range", "Range")),
                        Field.text("domain"),
                        Field.text("ra_mode"),
                        Field.text("description")),
                _ -> List.of());
    }

    /** Networks that Kea serves. */
    static ItemList subnets() {
        return new ItemList(
                "subnet4",
                List.of(Field.text("subnet").needed(), Field.text("pools"), Field.text("description")),
                _ -> List.of());
    }

    static ItemList reservations(ItemList subnets) {
        Supplier<Map<String, String>> choices = () -> {
            Map<String, String> texts = new LinkedHashMap<>();
            subnets.all().forEach(subnet -> texts.put(subnet.uuid(), subnet.get("subnet")));
            return texts;
        };
        ItemList[] made = new ItemList[1];
        made[0] = new ItemList(
                "reservation",
                List.of(
                        new Field("subnet", () -> "", true, new Field.Kind.Choice(choices, false)),
                        Field.checked("ip_address", ServiceModel::addressProblems),
                        Field.text("hw_address", MAC, "Invalid MAC address."),
                        Field.text("client_id"),
                        Field.text("hostname", HOST_NAME, "Please enter a valid hostname."),
                        Field.text("description")),
                reservation -> reservationProblems(reservation, subnets, made[0].all()));
        return made[0];
    }

    private static List<Problem> reservationProblems(Item reservation, ItemList subnets, List<Item> all) {
        List<Problem> problems = new ArrayList<>();
        boolean inside = subnets.find(reservation.get("subnet"))
                .flatMap(subnet -> Prefix.tryParse(subnet.get("subnet")))
                .filter(subnet -> Addresses.tryParse(reservation.get("ip_address"))
                        .filter(address -> Family.of(address) == subnet.family() && subnet.contains(address))
                        .isPresent())
                .isPresent();
        if (!inside) {
            problems.add(new Problem("ip_address", "Address not in specified subnet"));
        }
        boolean mac = !reservation.get("hw_address").isEmpty();
        boolean client = !reservation.get("client_id").isEmpty();
        if (mac && client) {
            problems.add(
                    new Problem("hw_address", "Either a client ID or a MAC address should be specified, but not both"));
        } else if (!mac && !client) {
            problems.add(new Problem("hw_address", "Either a client ID or a MAC address should be specified."));
        }
        for (Item other : all) {
            if (other.uuid().equals(reservation.uuid()) || !other.get("subnet").equals(reservation.get("subnet"))) {
                continue;
            }
            for (String field : List.of("hw_address", "ip_address")) {
                if (!reservation.get(field).isEmpty() && other.get(field).equalsIgnoreCase(reservation.get(field))) {
                    problems.add(new Problem(field, "Duplicate entry exists."));
                }
            }
        }
        return problems;
    }

    /** Where the log is sent to. */
    static ItemList destinations() {
        return new ItemList(
                "destination",
                List.of(
                        Field.flag("enabled", true),
                        Field.choice(
                                "transport",
                                "udp4",
                                RuleModel.texts(
                                        "udp4", "UDP(4)",
                                        "tcp4", "TCP(4)",
                                        "udp6", "UDP(6)",
                                        "tcp6", "TCP(6)",
                                        "tls4", "TLS(4)",
                                        "tls6", "TLS(6)")),
                        Field.several(
                                "program",
                                () -> RuleModel.texts(
                                        "filterlog",
                                        "filter (filterlog)",
                                        "dhcpd",
                                        "dhcpd",
                                        "dnsmasq-dhcp",
                                        "dnsmasq-dhcp",
                                        "audit",
                                        "audit",
                                        "configd.py",
                                        "configd.py")),
                        Field.text("level"),
                        Field.text("facility"),
                        Field.text("hostname").needed(),
                        Field.text("certificate"),
                        Field.number("port", "514", 1, 65535, "Please specify a valid port number.")
                                .needed(),
                        Field.flag("rfc5424", false),
                        Field.text("description")),
                _ -> List.of());
    }
}
