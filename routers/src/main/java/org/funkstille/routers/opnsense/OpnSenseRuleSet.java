package org.funkstille.routers.opnsense;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.SavedRules;
import org.funkstille.routers.SavedRules.Part;
import org.funkstille.routers.SavedRules.Text;

/** pf's whole rule set with its tables, for the proof. */
final class OpnSenseRuleSet {

    private static final Pattern INTERFACE = Pattern.compile("^\\S+ in .*? on (\\S+) ");

    /** With -vv, pfctl tells how many entries a table has. */
    private static final Pattern SIZE = Pattern.compile("<([A-Za-z0-9_.-]+):[0-9]+>");

    private final Home home;
    private final OpnSenseApi api;
    private final Aliases aliases;
    private final Clock clock;

    OpnSenseRuleSet(Home home, OpnSenseApi api, Clock clock) {
        this.home = home;
        this.api = api;
        this.aliases = new Aliases(api);
        this.clock = clock;
    }

    SavedRules read() throws RouterException {
        Instant now = clock.instant();
        PfRules rules = PfRules.read(api)
                .orElseThrow(
                        () -> new RouterException.NotPermitted("pf's own rules may not be seen; give the key's user"
                                + " the privilege " + Privileges.of("/api/" + PfRules.ROUTE)));
        List<Text> tables = new ArrayList<>();
        for (String name : new TreeSet<>(asked(rules).tables())) {
            // A table that is too long to be listed is one whose content is not known; the proof says so if it matters.
            Optional<List<String>> entries = aliases.table(name);
            entries.ifPresent(found -> tables.add(new Text("pfctl -t " + name + " -T show", listing(name, found))));
        }
        RuleNames names = RuleNames.read(api);
        Text text = new Text("pfctl -vvsr", lines(rules.nat(), names) + lines(rules.filter(), names));
        return new SavedRules(
                List.of(new Part("pf", List.of(text))), tables, List.of(), List.of(), now, Optional.empty(), List.of());
    }

    private static String lines(List<PfRules.PfRule> rules, RuleNames names) {
        return rules.stream()
                .map(rule -> names.inSections(rule, SIZE.matcher(rule.text()).replaceAll("<$1>")))
                .collect(Collectors.joining());
    }

    private static String listing(String name, List<String> entries) {
        return "table <" + name + ">\n"
                + entries.stream().sorted().map(entry -> "   " + entry + "\n").collect(Collectors.joining());
    }

    /** Without rules for what comes in from outside: they speak of tables with a hundred thousand entries (bogons). */
    private PfRules asked(PfRules rules) throws RouterException {
        Legs legs = Legs.read(api);
        Set<String> inside = home.inside().stream()
                .map(Network::interfaceName)
                .flatMap(name -> legs.called(name).map(Leg::device).stream())
                .collect(Collectors.toSet());
        Set<String> outside = legs.all().stream()
                .map(Leg::device)
                .filter(device -> !inside.contains(device))
                .collect(Collectors.toSet());
        return new PfRules(
                rules.filter().stream()
                        .filter(rule -> {
                            Matcher named = INTERFACE.matcher(rule.text());
                            return !named.find() || !outside.contains(named.group(1));
                        })
                        .toList(),
                rules.nat());
    }
}
