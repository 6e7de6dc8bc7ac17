package org.funkstille.proof.diagrams;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** All packets that can come to a base chain, of any device and by any of the interfaces that the rules name. */
final class Arrivals {

    private final RuleSet rules;
    private final Diagrams diagrams;
    private final FieldDiagrams fields;
    private final Interfaces interfaces;
    private final boolean others;

    Arrivals(RuleSet rules, Diagrams diagrams, FieldDiagrams fields) {
        this.rules = rules;
        this.diagrams = diagrams;
        this.fields = fields;
        Set<String> names = new LinkedHashSet<>();
        rules.bases().forEach(base -> addNames(base.guard(), names));
        rules.chains().values().stream()
                .flatMap(chain -> chain.rules().stream())
                .forEach(rule -> addNames(rule, names));
        this.interfaces = new Interfaces(names);
        this.others = !names.contains("*");
    }

    Interfaces interfaces() {
        return interfaces;
    }

    int at(BaseChain base) throws TooLarge {
        Platform platform = rules.platform();
        int result = diagrams.and(byHook(base.hook()), ofFamilies());
        result = diagrams.and(result, upTo(Field.DESTINATION_TYPE, 0, Field.TYPE_OTHER));
        boolean onlyNew = platform == Platform.PF || base.translation();
        int states = onlyNew
                ? fields.in(Field.STATE, Field.STATE_NEW)
                : upTo(Field.STATE, Field.STATE_INVALID, States.NOT_TO_BE_TRACKED);
        if (base.translation() && platform == Platform.NETFILTER) {
            states = diagrams.and(states, fields.in(Field.DIRECTION, 0));
            states = diagrams.and(states, fields.in(Field.FLOW_STATUS, Problem.untranslated(base.hook())));
            if (!Problem.isTracked(platform, base)) {
                return Diagrams.FALSE;
            }
        }
        return diagrams.and(result, states);
    }

    private int byHook(Hook hook) throws TooLarge {
        long last = others ? interfaces.other() : interfaces.other() - 1;
        int in = upTo(Field.IN_INTERFACE, Interfaces.NONE + 1, last);
        int out = upTo(Field.OUT_INTERFACE, Interfaces.NONE + 1, last);
        int fromRouter = fields.in(Field.IN_INTERFACE, Interfaces.NONE);
        int notLeaving = fields.in(Field.OUT_INTERFACE, Interfaces.NONE);
        return switch (hook) {
            case INGRESS, PREROUTING, INPUT -> diagrams.and(in, notLeaving);
            case FORWARD -> diagrams.and(in, out);
            case OUTPUT -> diagrams.and(fromRouter, out);
            case POSTROUTING, EGRESS -> diagrams.and(diagrams.or(in, fromRouter), out);
        };
    }

    private int upTo(Field field, long first, long last) throws TooLarge {
        return last < first ? Diagrams.FALSE : fields.in(field, ValueSet.of(field.bits(), Range.of(first, last)));
    }

    private int ofFamilies() throws TooLarge {
        ValueSet addresses = AddressSets.all(Family.IPV4);
        int ip4 = diagrams.and(
                fields.in(Field.EXTENSION, Field.NO_EXTENSION),
                diagrams.and(fields.in(Field.SOURCE, addresses), fields.in(Field.DESTINATION, addresses)));
        return diagrams.ite(fields.in(Field.FAMILY, Field.IPV4), ip4, upTo(Field.EXTENSION, 0, Field.NO_EXTENSION));
    }

    private static void addNames(Rule rule, Set<String> names) {
        addNames(rule.condition(), names);
        for (Effect effect : rule.effects()) {
            if (effect instanceof Effect.RouteTo(String name)) {
                names.add(name);
            }
        }
    }

    private static void addNames(Condition condition, Set<String> names) {
        switch (condition) {
            // One interface stands for all whose names begin so and are not named otherwise.
            case Condition.InterfaceIs is -> names.add(is.prefix() ? is.name() + "*" : is.name());
            case Condition.Not(Condition inner) -> addNames(inner, names);
            case Condition.All(List<Condition> parts) -> parts.forEach(part -> addNames(part, names));
            case Condition.Any(List<Condition> parts) -> parts.forEach(part -> addNames(part, names));
            case Condition.In _, Condition.Row _, Condition.At _, Condition.Choice _, Condition.Unknown _ -> {}
        }
    }
}
