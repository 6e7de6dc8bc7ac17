package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Prefix;
import org.funkstille.routers.RouterException;

/** The router's interfaces, by {@code interfaces/overview} (opnsense/core, OverviewController::parseIfInfo). */
record Legs(List<Leg> all) {

    Legs {
        all = List.copyOf(all);
    }

    static Legs read(OpnSenseApi api) throws RouterException {
        List<Leg> legs = new ArrayList<>();
        for (JsonObject row : api.search("interfaces/overview/interfaces_info")) {
            legs.add(leg(row));
        }
        return new Legs(legs);
    }

    private static Leg leg(JsonObject row) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        Set<Prefix> prefixes = new LinkedHashSet<>();
        for (String family : List.of("ipv4", "ipv6")) {
            for (JsonObject entry : Json.objects(row, family)) {
                add(Json.text(entry, "ipaddr"), addresses, prefixes);
            }
        }
        for (String primary : List.of("addr4", "addr6")) {
            add(Json.text(row, primary), addresses, prefixes);
        }
        return new Leg(
                Json.text(row, "device"),
                Json.text(row, "identifier"),
                Json.text(row, "description"),
                List.copyOf(addresses),
                List.copyOf(prefixes));
    }

    /** {@code 192.168.1.1/24}, {@code fe80::1%em1/64}. */
    private static void add(String text, Set<InetAddress> addresses, Set<Prefix> prefixes) {
        String plain = text.replaceFirst("%[^/]*", "");
        int slash = plain.indexOf('/');
        Optional<InetAddress> address = Addresses.tryParse(slash < 0 ? plain : plain.substring(0, slash));
        address.ifPresent(addresses::add);
        if (address.filter(found -> !found.isLinkLocalAddress()).isPresent()) {
            Prefix.tryParse(plain).ifPresent(prefixes::add);
        }
    }

    Optional<Leg> called(String name) {
        return all.stream()
                .filter(leg -> leg.device().equals(name))
                .findFirst()
                .or(() -> all.stream().filter(leg -> leg.isCalled(name)).findFirst());
    }

    /** The id that rules want; the name itself where no interface is called so, which the router will then refuse. */
    String id(String name) {
        return called(name).map(Leg::id).filter(id -> !id.isEmpty()).orElse(name);
    }

    List<String> ids() {
        return all.stream().map(Leg::id).filter(id -> !id.isEmpty()).toList();
    }

    Set<InetAddress> addresses() {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        all.forEach(leg -> addresses.addAll(leg.addresses()));
        return addresses;
    }

    Map<String, List<Prefix>> prefixes() {
        Map<String, List<Prefix>> prefixes = new LinkedHashMap<>();
        all.stream()
                .filter(leg -> !leg.prefixes().isEmpty())
                .forEach(leg -> prefixes.put(leg.device(), leg.prefixes()));
        return prefixes;
    }

    boolean hasPrefixWith(InetAddress address) {
        return all.stream().flatMap(leg -> leg.prefixes().stream()).anyMatch(prefix -> prefix.contains(address));
    }

    /** One object each, of which PHP makes a list or a map. */
    static List<JsonObject> rows(JsonNode node) {
        List<JsonObject> rows = Json.objects(node);
        return rows.isEmpty() ? Json.objects(node, "rows") : rows;
    }
}
