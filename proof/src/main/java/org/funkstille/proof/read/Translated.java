package org.funkstille.proof.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * A flow whose addresses and ports are translated to what they are already counts as not translated: {@code ct status}
 * says nothing of it, though no later chain translates the same end (nf_nat_setup_info).
 */
public final class Translated {

    private static final List<Field> ENDS =
            List.of(Field.DESTINATION, Field.SOURCE, Field.DESTINATION_PORT, Field.SOURCE_PORT);

    private Translated() {}

    /** The rule; one that translates as two: for packets that are changed for sure, and for those that may not be. */
    public static List<Rule> split(Rule rule) {
        Optional<Condition> changes = changes(rule.effects());
        if (changes.isEmpty() || !(rule.action() instanceof Action.Accept)) {
            return List.of(rule);
        }
        List<Rule> rules = new ArrayList<>();
        rules.add(with(rule, Condition.all(rule.condition(), changes.get()), rule.effects()));
        rules.add(with(rule, rule.condition(), perhaps(rule.effects())));
        return rules;
    }

    private static Rule with(Rule rule, Condition condition, List<Effect> effects) {
        return new Rule(condition, effects, rule.action(), rule.quick(), rule.origin(), rule.source());
    }

    private static Optional<Condition> changes(List<Effect> effects) {
        return assigned(effects, Field.FLOW_STATUS).isEmpty()
                ? Optional.empty()
                : ENDS.stream()
                        .flatMap(end -> assigned(effects, end).stream())
                        .findFirst()
                        .map(end -> Condition.in(end.field(), end.to().complement()));
    }

    private static Optional<Effect.Assign> assigned(List<Effect> effects, Field field) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Assign assign && assign.field() == field)
                .map(Effect.Assign.class::cast)
                .findFirst();
    }

    private static List<Effect> perhaps(List<Effect> effects) {
        return effects.stream()
                .map(effect -> effect instanceof Effect.Assign(Field field, ValueSet to) && field == Field.FLOW_STATUS
                        ? new Effect.Assign(field, to.union(untold(to)))
                        : effect)
                .toList();
    }

    /** The same without the bit of this translation: 1 of the source, which comes last, else 2 of the destination. */
    private static ValueSet untold(ValueSet status) {
        return status.contains(1)
                ? ValueSet.ofAll(status.bits(), List.of(Range.of(0, 0), Range.of(2, 2)))
                : ValueSet.of(status.bits(), 0);
    }
}
