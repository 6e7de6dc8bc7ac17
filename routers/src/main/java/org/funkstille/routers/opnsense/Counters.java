package org.funkstille.routers.opnsense;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What rules counted, over reloads. OPNsense zeroes counters with every reload of rules, anybody's, unless its owner chose
 * to keep them. A number that has become smaller was zeroed: what it was before is added from then on. What was counted
 * between the last look and the reload is lost, so what is told here is never too much and may be a little too little. Kept
 * in memory: a new process begins with what the router says.
 */
final class Counters {

    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> before = new HashMap<>();

    /** @param packets by rule, as the router says now */
    void learn(Map<String, Long> packets) {
        packets.forEach((rule, now) -> {
            long earlier = last.getOrDefault(rule, 0L);
            if (now < earlier) {
                before.merge(rule, earlier, Long::sum);
            }
            last.put(rule, now);
        });
    }

    long total(Collection<String> rules) {
        return rules.stream()
                .mapToLong(rule -> last.getOrDefault(rule, 0L) + before.getOrDefault(rule, 0L))
                .sum();
    }
}
