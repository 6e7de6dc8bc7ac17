package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.lab.facade.pf.LoadedRule;

/** Rules, counters and the log under {@code /api/diagnostics/firewall}. */
final class DiagnosticsApi {

    private final Box box;

    DiagnosticsApi(Box box) {
        this.box = box;
    }

    void routes(Routes routes) {
        routes.put("diagnostics/firewall/log", this::log);
        routes.put("diagnostics/firewall/list_rule_ids", call -> ruleIds());
        routes.put("diagnostics/firewall/pf_statistics", this::statistics);
    }

    /** As scripts/filter/read_log.py: newest first, up to the line whose digest is given. */
    private Object log(Call call) {
        if (call.isPost()) {
            return Json.NULL;
        }
        int limit = Search.number(call, "limit", 1000);
        String digest = call.request().query().first("digest").orElse("");
        Map<String, String> descriptions = new TreeMap<>();
        box.generatedRules().forEach(rule -> descriptions.put(rule.label(), rule.description()));
        List<Object> records = new ArrayList<>();
        for (String line : box.pf().log().lines().reversed()) {
            Map<String, Object> record = LogRecord.of(line, box.clock().now(), descriptions);
            records.add(record);
            if ((limit != 0 && records.size() >= limit) || digest.equals(record.get("__digest__"))) {
                break;
            }
        }
        return records;
    }

    /** Rules of the configuration are not among them: their labels are no MD5 (list_rule_ids.py). */
    private Object ruleIds() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        box.generatedRules().forEach(rule -> descriptions.putIfAbsent(rule.label(), rule.description()));
        Set<String> seen = new HashSet<>();
        List<Map<String, Object>> items = new ArrayList<>();
        for (LoadedRule rule : box.pf().rules()) {
            for (String label : rule.rule().options().labels()) {
                if (label.matches("[0-9a-f]{32}") && seen.add(label)) {
                    String description = descriptions.getOrDefault(label, "");
                    items.add(Json.object("id", label, "descr", description.isEmpty() ? "-- " + label : description));
                }
            }
        }
        items.sort(Comparator.comparing(item -> String.valueOf(item.get("descr"))));
        return Json.object("items", items);
    }

    /** As scripts/filter/pfstatistics.py takes the print of pfctl apart. */
    private Object statistics(Call call) throws IOException, InterruptedException {
        String wanted = call.parameter(0).orElse("");
        Map<String, Object> all = Json.object();
        if (wanted.isEmpty() || wanted.equals("info")) {
            Map<String, Object> entries =
                    Json.object("total", box.pf().states().list().size());
            all.put(
                    "info",
                    Json.object(
                            "uptime",
                            "Enabled for 0 days 01:00",
                            "state-table",
                            Json.object("current-entries", entries)));
        }
        if (wanted.isEmpty() || wanted.equals("memory")) {
            all.put("memory", Json.object("states", 811_000, "src-nodes", 811_000, "table-entries", 1_000_000));
        }
        if (wanted.isEmpty() || wanted.equals("timeouts")) {
            all.put("timeouts", Json.object("tcp.closed", "90s", "udp.single", "30s", "adaptive.start", "0 states"));
        }
        if (wanted.isEmpty() || wanted.equals("rules")) {
            Map<String, Object> nat = Json.object();
            int number = 0;
            for (String line : box.pf().printing().translations().lines().toList()) {
                nat.put("@" + number++ + " " + line, Json.object());
            }
            all.put(
                    "rules",
                    Json.object("filter rules", parsed(box.pf().printing().rulesWithCounters()), "nat rules", nat));
        }
        return all;
    }

    private static Map<String, Object> parsed(String printed) {
        Map<String, Object> rules = Json.object();
        Map<String, Object> rule = Json.object();
        for (String line : printed.lines().toList()) {
            String bare = line.strip();
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                rule = Json.object();
                rules.put(bare, rule);
            } else if (bare.startsWith("[") && bare.endsWith("]")) {
                String[] items = bare.substring(1)
                        .strip()
                        .toLowerCase(java.util.Locale.ROOT)
                        .split(":");
                for (int at = 1; at < items.length; at++) {
                    String[] words = items[at].strip().split("\\s+");
                    String value = String.join(" ", List.of(words).subList(0, words.length - 1))
                            .replace("state", "");
                    String name = items[at - 1].contains("creations") ? "state_creations" : last(items[at - 1]);
                    rule.put(name, value.matches("[0-9]{1,18}") ? (Object) Long.parseLong(value) : value);
                }
            }
        }
        return rules;
    }

    private static String last(String text) {
        String[] words = text.strip().split("\\s+");
        return words[words.length - 1];
    }
}
