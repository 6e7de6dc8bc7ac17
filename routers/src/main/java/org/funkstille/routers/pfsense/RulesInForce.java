package org.funkstille.routers.pfsense;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.pf.PfctlRules;

/**
 * The whole rule set, for the proof: {@code /tmp/rules.debug}, which pfSense wrote for pf, and the tables as pf has them.
 * Whether pf loaded just that text is checked by the numbers of its rules.
 */
final class RulesInForce {

    private static final Pattern TRACKER = Pattern.compile(" ridentifier 0*(\\d+)");

    /** Lists of strangers' addresses on the way in from the internet, too long to be read each time. */
    private static final String STRANGERS = "bogons";

    private final CommandPrompt prompt;
    private final Clock clock;

    RulesInForce(CommandPrompt prompt, Clock clock) {
        this.prompt = prompt;
        this.clock = clock;
    }

    SavedRules read(ZoneId zone) throws RouterException {
        Instant now = clock.instant();
        String text = prompt.generated();
        List<PfctlRules.Counted> loaded = prompt.rules();
        StringBuilder tables = new StringBuilder();
        for (String table : prompt.tables()) {
            if (!table.startsWith(STRANGERS) && isUsed(table, text)) {
                tables.append("table <").append(table).append(">\n").append(prompt.table(table));
                if (tables.charAt(tables.length() - 1) != '\n') {
                    tables.append('\n');
                }
            }
        }
        return new SavedRules(
                List.of(new SavedRules.Part("pf", List.of(new SavedRules.Text("rules.debug", text)))),
                List.of(new SavedRules.Text("pfctl -T show", tables.toString())),
                List.of(),
                List.of(),
                now,
                Optional.of(zone),
                doubts(text, loaded));
    }

    /** Named elsewhere than where it is defined. */
    private static boolean isUsed(String table, String text) {
        String used = "$" + table;
        String named = "<" + table + ">";
        return text.lines()
                .filter(line -> !line.startsWith("table ") && !line.startsWith(table + " ="))
                .anyMatch(line -> line.contains(named) || line.contains(used));
    }

    private static List<String> doubts(String text, List<PfctlRules.Counted> loaded) {
        Set<String> written = new HashSet<>();
        Matcher tracker = TRACKER.matcher(text);
        while (tracker.find()) {
            written.add(tracker.group(1));
        }
        List<String> doubts = new ArrayList<>();
        for (PfctlRules.Counted rule : loaded) {
            boolean known = rule.tracker()
                    .map(number -> number.replaceFirst("^0+", ""))
                    .filter(written::contains)
                    .isPresent();
            if (rule.tracker().isPresent() && !known) {
                doubts.add("pf has a rule in force that pfSense did not write when it last loaded its rules: "
                        + rule.text());
            }
        }
        return doubts;
    }
}
