package org.funkstille.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/** The rules of a router in their order, kept to tell people what changed. */
record RuleLines(List<Line> lines) {

    /** @param content a number for what it asks and does: it may ask for a set, and that set may change */
    record Line(String chain, String text, int content) {

        String shown() {
            return chain + ": " + text;
        }
    }

    RuleLines {
        lines = List.copyOf(lines);
    }

    static RuleLines of(RuleSet rules) {
        List<Line> lines = new ArrayList<>();
        for (BaseChain base : rules.bases()) {
            String text = base.source().text();
            lines.add(new Line(
                    base.chain(),
                    text,
                    List.of(base.hook(), base.priority(), base.policy()).hashCode()));
        }
        for (String chain : new TreeSet<>(rules.chains().keySet())) {
            for (Rule rule : rules.chain(chain).rules()) {
                int content =
                        List.of(rule.condition(), rule.effects(), rule.action()).hashCode();
                lines.add(new Line(chain, rule.source().toString(), content));
            }
        }
        return new RuleLines(lines);
    }

    /** The first rule that is new and the first that is gone, or else the first that is elsewhere. */
    List<String> since(RuleLines before) {
        List<String> changes = new ArrayList<>();
        first(this, before, Line::shown).ifPresent(line -> changes.add("a new rule in " + line.shown()));
        first(before, this, Line::shown).ifPresent(line -> changes.add("gone from " + line.shown()));
        if (changes.isEmpty()) {
            firstElsewhere(before).ifPresent(line -> changes.add("moved, in " + line.shown()));
        }
        if (changes.isEmpty()) {
            first(this, before, Function.identity())
                    .ifPresent(line -> changes.add("other elements in a set of the rule in " + line.shown()));
        }
        return changes.isEmpty() ? List.of("the router's rule set differs") : changes;
    }

    private static <K> Optional<Line> first(RuleLines those, RuleLines without, Function<Line, K> key) {
        Map<K, Integer> known = new HashMap<>();
        without.lines.forEach(line -> known.merge(key.apply(line), 1, Integer::sum));
        return those.lines.stream()
                .filter(line -> known.merge(key.apply(line), -1, Integer::sum) < 0)
                .findFirst();
    }

    private Optional<Line> firstElsewhere(RuleLines before) {
        for (int index = 0; index < Math.min(lines.size(), before.lines.size()); index++) {
            if (!lines.get(index).shown().equals(before.lines.get(index).shown())) {
                return Optional.of(lines.get(index));
            }
        }
        return Optional.empty();
    }
}
