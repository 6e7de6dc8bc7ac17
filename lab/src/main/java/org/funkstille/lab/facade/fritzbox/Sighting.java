package org.funkstille.lab.facade.fritzbox;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Mac;
import org.funkstille.kernel.Command;
import org.funkstille.lab.network.Host;

/**
 * Who was seen with which IPv4 address, as the router's kernel has it (ip-neighbour(8)).
 *
 * @param sure true where the neighbour answered lately
 * @param seconds since it was last confirmed
 */
record Sighting(Mac mac, InetAddress address, String leg, boolean sure, long seconds) {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder().build();
    private static final List<String> SURE = List.of("REACHABLE", "DELAY", "PROBE", "PERMANENT");

    /** Everybody on these legs whose card is known. */
    static List<Sighting> all(Host router, List<String> legs) throws IOException, InterruptedException {
        String out = router.run(Command.of("ip", "-json", "-statistics", "-4", "neighbour", "show"));
        List<Sighting> found = new ArrayList<>();
        JsonArray entries = out.isBlank() ? JsonArray.empty() : JSON.fromJsonArray(out);
        for (JsonNode entry : entries.elements()) {
            if (entry instanceof JsonObject object && legs.contains(object.extract("dev", ""))) {
                of(object).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Sighting> of(JsonObject entry) {
        Optional<Mac> mac = Mac.tryParse(entry.extract("lladdr", ""));
        Optional<InetAddress> address =
                Addresses.tryParse(entry.extract("dst", "")).filter(dst -> Family.of(dst) == Family.IPV4);
        List<String> states = entry.get("state") instanceof JsonArray array
                ? array.stream().map(JsonNode::text).toList()
                : List.of();
        if (mac.isEmpty() || address.isEmpty() || states.contains("FAILED")) {
            return Optional.empty();
        }
        return Optional.of(new Sighting(
                mac.get(),
                address.get(),
                entry.extract("dev", ""),
                states.stream().anyMatch(SURE::contains),
                entry.extract("confirmed", 0L)));
    }
}
