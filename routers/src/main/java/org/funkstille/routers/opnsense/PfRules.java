package org.funkstille.routers.opnsense;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.routers.RouterException;

/**
 * The rules as pf itself has them, by {@code diagnostics/firewall/pf_statistics/rules}: the lines of {@code pfctl -vvsrules}
 * and {@code pfctl -vvsnat} as keys, with what each counted (opnsense/core, scripts/filter/pfstatistics.py). pfctl runs for
 * each question, so this is never old, unlike {@code filter_util/rule_stats} from 25.7.6 to 26.1.
 *
 * @param filter in the order of evaluation
 * @param nat translations, in theirs
 */
record PfRules(List<PfRule> filter, List<PfRule> nat) {

    static final String ROUTE = "diagnostics/firewall/pf_statistics/rules";

    private static final Pattern KEY = Pattern.compile("@([0-9]+)(?:\\([0-9]+\\))? (\\S.*)");
    private static final Pattern LABEL = Pattern.compile(" label \"([^\"]*)\"");
    private static final Pattern TABLE = Pattern.compile("<([A-Za-z0-9_.-]+)(?::[0-9]+)?>");

    PfRules {
        filter = List.copyOf(filter);
        nat = List.copyOf(nat);
    }

    /**
     * One rule of pf; a rule of the configuration may be several here.
     *
     * @param text as pfctl prints it, without its number
     * @param labels OPNsense puts the rule's id there
     * @param load names the loading of rules that it came with; counters may begin anew with each
     */
    record PfRule(int number, String text, Set<String> labels, long packets, String load) {

        PfRule {
            labels = Set.copyOf(labels);
        }
    }

    /** Nothing where this version or our privileges do not let us see them. */
    static Optional<PfRules> read(OpnSenseApi api) throws RouterException {
        try {
            return api.ifOffered(ROUTE).flatMap(PfRules::of);
        } catch (RouterException.NotPermitted forbidden) {
            if (Privileges.lacking(forbidden)) {
                return Optional.empty();
            }
            throw forbidden;
        }
    }

    static Optional<PfRules> of(JsonNode answer) {
        Optional<JsonNode> rules = Json.member(answer, "rules");
        return rules.filter(JsonObject.class::isInstance)
                .map(sections -> new PfRules(section(sections, "filter rules"), section(sections, "nat rules")))
                // A router without any rule would be a router without pf.
                .filter(read -> !read.filter().isEmpty());
    }

    private static List<PfRule> section(JsonNode sections, String name) {
        List<PfRule> rules = new ArrayList<>();
        Map<String, JsonNode> lines =
                Json.member(sections, name).map(Json::members).orElse(Map.of());
        lines.forEach((line, counts) -> {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                rules.add(rule(Integer.parseInt(key.group(1)), key.group(2), counts));
            }
        });
        rules.sort(Comparator.comparingInt(PfRule::number));
        return rules;
    }

    private static PfRule rule(int number, String text, JsonNode counts) {
        Set<String> labels = new LinkedHashSet<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return new PfRule(
                number,
                text,
                labels,
                Json.number(counts, "packets").orElse(0),
                Json.text(counts, "inserted").strip());
    }

    boolean has(String uuid) {
        return filter.stream().anyMatch(rule -> rule.labels().contains(uuid));
    }

    /** The tables that rules speak of. */
    Set<String> tables() {
        Set<String> names = new LinkedHashSet<>();
        for (List<PfRule> rules : List.of(filter, nat)) {
            for (PfRule rule : rules) {
                Matcher table = TABLE.matcher(rule.text());
                while (table.find()) {
                    names.add(table.group(1));
                }
            }
        }
        return names;
    }
}
