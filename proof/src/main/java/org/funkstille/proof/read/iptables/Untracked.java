package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/** Which flows rules keep from connection tracking: known before the first rule is read. */
final class Untracked {

    /** What all packets of a flow and a direction have in common. */
    private static final Set<Field> OF_THE_FLOW = EnumSet.of(
            Field.FAMILY,
            Field.SOURCE,
            Field.DESTINATION,
            Field.PROTOCOL,
            Field.SOURCE_PORT,
            Field.DESTINATION_PORT,
            Field.LATER_FRAGMENT);

    private Untracked() {}

    /** Holds for every packet of such a flow, and maybe for others: jumps to the rules are not followed. */
    static Condition of(SourceText text, Context context) {
        List<Condition> any = new ArrayList<>();
        for (Line line : Line.of(text)) {
            if (line.text().contains("NOTRACK") || line.text().contains("--notrack")) {
                any.add(flow(line, context));
            }
        }
        return Condition.any(any);
    }

    private static Condition flow(Line line, Context context) {
        RuleLine rule;
        try {
            rule = RuleLineParser.parse(line);
        } catch (ReadingException _) {
            // Said when the line's turn comes.
            return Condition.NEVER;
        }
        boolean untracks = Targets.read(rule.target(), Set.of(), context).stream()
                .anyMatch(outcome -> outcome.effects().contains(new Effect.NoTrack()));
        if (!untracks) {
            return Condition.NEVER;
        }
        List<Condition> conditions = new ArrayList<>();
        conditions.add(HeaderOptions.read(rule.header(), context.family()));
        rule.matches().forEach(match -> conditions.add(Matches.read(match, context)));
        Condition all = Condition.all(conditions);
        List<Condition> parts = all instanceof Condition.All(List<Condition> inner) ? inner : List.of(all);
        return Condition.all(parts.stream()
                .filter(part -> part instanceof Condition.In(Field field, var _) && OF_THE_FLOW.contains(field))
                .toList());
    }
}
