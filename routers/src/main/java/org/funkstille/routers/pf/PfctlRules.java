package org.funkstille.routers.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code pfctl -vvsr} prints: each rule, and below it what it counted. */
public final class PfctlRules {

    /** {@code @12 block drop …}, before FreeBSD 14 {@code @12(1000000103) block drop …}. */
    private static final Pattern RULE = Pattern.compile("@\\d+(?:\\((\\d+)\\))? (\\S.*)");

    private static final Pattern COUNTS = Pattern.compile(
            "\\s*\\[ Evaluations:\\s*(\\d+)\\s+Packets:\\s*(\\d+)\\s+Bytes:\\s*(\\d+)\\s+States:\\s*(\\d+)\\s*].*");

    private static final Pattern TRACKER = Pattern.compile(" ridentifier (\\d+)");
    private static final Pattern LABEL = Pattern.compile(" label \"([^\"]*)\"");

    private PfctlRules() {}

    /**
     * One rule of pf. A rule for several interfaces or both families is several here.
     *
     * @param text as pfctl prints it, without number
     * @param tracker pfSense's number of the rule that it was made of
     * @param labels pfSense: {@code USER_RULE: <description>} and {@code id:<tracker>}; OPNsense: the rule's id
     * @param evaluations packets that were held against it
     * @param packets packets that it matched, and of a rule that passes those of its states
     */
    public record Counted(
            String text,
            Optional<String> tracker,
            List<String> labels,
            long evaluations,
            long packets,
            long bytes,
            long states) {

        public Counted {
            labels = List.copyOf(labels);
        }
    }

    public static List<Counted> read(String listing) {
        List<Counted> rules = new ArrayList<>();
        for (String line : listing.lines().toList()) {
            Matcher rule = RULE.matcher(line);
            Matcher counts = COUNTS.matcher(line);
            if (rule.matches()) {
                rules.add(rule(rule.group(2), Optional.ofNullable(rule.group(1))));
            } else if (counts.matches() && !rules.isEmpty()) {
                rules.add(with(counts, rules.removeLast()));
            }
        }
        return rules;
    }

    private static Counted rule(String text, Optional<String> number) {
        Matcher tracker = TRACKER.matcher(text);
        Optional<String> found =
                tracker.find() ? Optional.of(tracker.group(1)) : number.filter(none -> !none.equals("0"));
        List<String> labels = new ArrayList<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return new Counted(text, found, labels, 0, 0, 0, 0);
    }

    private static Counted with(Matcher counts, Counted rule) {
        return new Counted(
                rule.text(),
                rule.tracker(),
                rule.labels(),
                Long.parseLong(counts.group(1)),
                Long.parseLong(counts.group(2)),
                Long.parseLong(counts.group(3)),
                Long.parseLong(counts.group(4)));
    }
}
