package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.routers.RouterException;

/**
 * Which rules pf has, and what they counted, by {@code firewall/filter_util/rule_stats}: for where pf's own listing may not
 * be seen. From 25.7.6 up to 26.1 the answer comes from a cache of 300 seconds (opnsense/core, actions_filter.conf), which
 * some of these versions empty on demand.
 *
 * @param packets by the rule's id; only rules that pf has
 * @param fresh false where the answer may be as old as 300 seconds
 */
record RuleStats(Map<String, Long> packets, boolean fresh) {

    private static final Version CACHED = new Version(25, 7, 6);
    private static final Version NEVER_CACHED = new Version(26, 7, 0);

    RuleStats {
        packets = Map.copyOf(packets);
    }

    /** Nothing where we may not see that either. */
    static Optional<RuleStats> read(OpnSenseApi api, Optional<Version> version) throws RouterException {
        try {
            boolean cached = version.filter(found -> found.before(CACHED) || !found.before(NEVER_CACHED))
                    .isEmpty();
            boolean emptied = cached
                    && api.postIfOffered("firewall/filter/flush_inspect_cache", JsonObject.create())
                            .isPresent();
            return api.ifOffered("firewall/filter_util/rule_stats")
                    .filter(answer -> Json.text(answer, "status").equals("ok"))
                    .map(answer -> new RuleStats(packets(answer), !cached || emptied));
        } catch (RouterException.NotPermitted forbidden) {
            if (Privileges.lacking(forbidden)) {
                return Optional.empty();
            }
            throw forbidden;
        }
    }

    private static Map<String, Long> packets(JsonNode answer) {
        Map<String, Long> packets = new HashMap<>();
        Json.member(answer, "stats").map(Json::members).orElse(Map.of()).forEach((id, counts) -> {
            if (Json.number(counts, "pf_rules").orElse(0) > 0) {
                packets.put(id, Json.number(counts, "packets").orElse(0));
            }
        });
        return packets;
    }
}
