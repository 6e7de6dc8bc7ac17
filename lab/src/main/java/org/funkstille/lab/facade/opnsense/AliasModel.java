package org.funkstille.lab.facade.opnsense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.facade.opnsense.ItemList.Problem;
import org.funkstille.lab.facade.pf.PfAddress;

/** The fields of an alias and what they may hold (opnsense/core, Firewall/Alias.xml, AliasContentField.php). */
final class AliasModel {

    static final Map<String, String> TYPES = RuleModel.texts(
            "host", "Host(s)",
            "network", "Network(s)",
            "port", "Port(s)",
            "url", "URL (IPs)",
            "urltable", "URL Table (IPs)",
            "urljson", "URL Table in JSON format (IPs)",
            "geoip", "GeoIP",
            "networkgroup", "Network group",
            "mac", "MAC address",
            "asn", "BGP ASN",
            "dynipv6host", "Dynamic IPv6 Host",
            "authgroup", "OpenVPN group",
            "internal", "Internal (automatic)",
            "external", "External (advanced)");

    private static final String NAME = "[_]{0,2}[A-Za-z][A-Za-z0-9_]*";
    private static final String BAD_NAME = "The name must start with a letter or single underscore, be less than 32"
            + " characters and only consist of alphanumeric characters or underscores.";
    private static final String HOST_NAME = "(?=.*[A-Za-z])[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?";

    private AliasModel() {}

    static ItemList list(Release release) {
        ItemList[] made = new ItemList[1];
        AliasNames names = new AliasNames(
                () -> Optional.ofNullable(made[0]).map(ItemList::all).orElse(List.of()));
        List<Field> fields = new ArrayList<>();
        fields.add(Field.flag("enabled", true));
        fields.add(Field.text("name", "(?=.{1,31}$)" + NAME, BAD_NAME).needed());
        fields.add(Field.choice("type", "", TYPES).needed());
        fields.add(Field.several("proto", () -> RuleModel.texts("IPv4", "IPv4", "IPv6", "IPv6")));
        fields.add(Field.several("interface", BoxInterface::choices));
        fields.add(Field.flag("counters", false).initially(() -> ""));
        fields.add(Field.text("updatefreq"));
        fields.add(Field.text("content"));
        fields.add(Field.text("categories"));
        if (release.hasExpiringAliases()) {
            fields.add(Field.number("expire", "", 60, Integer.MAX_VALUE, "Value must be at least 60 seconds."));
        }
        fields.add(Field.text("description"));
        made[0] = new ItemList("alias", optionalFlags(fields), alias -> problems(alias, names));
        return made[0];
    }

    /** {@code counters} may be empty, unlike other flags. */
    private static List<Field> optionalFlags(List<Field> fields) {
        return fields.stream()
                .map(field -> field.name().equals("counters")
                        ? new Field(field.name(), field.initial(), false, field.kind())
                        : field)
                .toList();
    }

    private static List<Problem> problems(Item alias, AliasNames names) {
        List<Problem> problems = new ArrayList<>();
        String name = alias.get("name");
        boolean taken = names.find(name)
                        .filter(other -> !other.uuid().equals(alias.uuid()))
                        .isPresent()
                || AliasNames.BUILT_IN.contains(name);
        if (taken) {
            problems.add(new Problem("name", "An alias with this name already exists."));
        }
        for (String entry : entries(alias)) {
            contentProblem(alias.get("type"), entry, names)
                    .ifPresent(message -> problems.add(new Problem("content", message)));
        }
        return problems;
    }

    /** Lines that are not empty. */
    static List<String> entries(Item alias) {
        return Arrays.stream(alias.get("content").split("[\n,]"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Optional<String> contentProblem(String type, String entry, AliasNames names) {
        String plain = entry.startsWith("!") ? entry.substring(1) : entry;
        boolean address = PfAddress.Net.tryParse(plain).isPresent();
        boolean alias = names.ofAddresses(plain);
        boolean good = switch (type) {
            case "host" -> (address && !plain.contains("/")) || alias || isRange(plain) || plain.matches(HOST_NAME);
            case "network" -> address || alias || isRange(plain);
            case "networkgroup" -> alias;
            case "port" -> Ports.parse(entry).isPresent() || names.ofPorts(entry);
            case "mac" -> Mac.tryParse(entry).isPresent();
            default -> true;
        };
        return good
                ? Optional.empty()
                : Optional.of("Entry \"%s\" is not a valid %s."
                        .formatted(
                                entry,
                                Map.of("host", "hostname or IP address", "port", "port number", "mac", "MAC address")
                                        .getOrDefault(type, "network")));
    }

    private static boolean isRange(String text) {
        String[] ends = text.split("-");
        return ends.length == 2
                && Set.of(0, 1).stream()
                        .allMatch(end -> PfAddress.Net.tryParse(ends[end]).isPresent());
    }
}
