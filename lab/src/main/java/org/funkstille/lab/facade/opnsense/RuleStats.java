package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.lab.facade.pf.LoadedRule;
import org.funkstille.lab.facade.pf.PfCounters;
import org.funkstille.lab.facade.pf.PfState;

/** What rules have counted, by their labels (opnsense/core, scripts/filter/rule_stats.py, actions_filter.conf). */
final class RuleStats {

    private static final Duration CACHED = Duration.ofMinutes(5);

    private final Box box;
    private Optional<Kept> kept = Optional.empty();

    private record Kept(Instant at, Map<String, Map<String, Object>> stats) {}

    RuleStats(Box box) {
        this.box = box;
    }

    Object answer(Call call) throws IOException, InterruptedException {
        return Json.object("status", "ok", "stats", byLabel());
    }

    Map<String, Map<String, Object>> byLabel() throws IOException, InterruptedException {
        Instant now = box.clock().instant();
        if (!box.release().cachesRuleStats()) {
            return fresh();
        }
        if (kept.isEmpty() || !now.isBefore(kept.get().at().plus(CACHED))) {
            kept = Optional.of(new Kept(now, fresh()));
        }
        return kept.get().stats();
    }

    void flush() {
        kept = Optional.empty();
    }

    /** Rules that one rule became are summed. */
    private Map<String, Map<String, Object>> fresh() throws IOException, InterruptedException {
        Map<Integer, PfCounters> counters = box.pf().allCounters();
        Map<Integer, Long> states = new HashMap<>();
        for (PfState state : box.pf().states().list()) {
            state.rule().ifPresent(rule -> states.merge(rule.serial(), 1L, Long::sum));
        }
        Map<String, Map<String, Object>> result = new LinkedHashMap<>();
        for (LoadedRule rule : box.pf().rules()) {
            for (String label : rule.rule().options().labels()) {
                if (label.matches("[0-9a-f-]{32,}")) {
                    Map<String, Object> sums = result.computeIfAbsent(label, _ -> new LinkedHashMap<>());
                    PfCounters counted = counters.getOrDefault(rule.serial(), PfCounters.ZERO);
                    add(sums, "pf_rules", 1);
                    add(sums, "evaluations", counted.evaluations());
                    add(sums, "packets", counted.packets());
                    add(sums, "bytes", counted.bytes());
                    add(sums, "states", states.getOrDefault(rule.serial(), 0L));
                }
            }
        }
        return result;
    }

    private static void add(Map<String, Object> sums, String name, long count) {
        sums.merge(name, count, (a, b) -> (Long) a + (Long) b);
    }
}
