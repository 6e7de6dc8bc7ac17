package org.funkstille.proof.read.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;

/** Makes the chains {@code in} and {@code out} of filter rules; anchors are put in where they stand. */
final class FilterChains {

    private final RuleConditions conditions;
    private final Routing routing;
    private final Translations translations;
    private final Anchors anchors;
    private final Origins origins;
    private final boolean out;
    private final List<Rule> rules = new ArrayList<>();

    FilterChains(
            RuleConditions conditions,
            Routing routing,
            Translations translations,
            Anchors anchors,
            Origins origins,
            boolean out) {
        this.conditions = conditions;
        this.routing = routing;
        this.translations = translations;
        this.anchors = anchors;
        this.origins = origins;
        this.out = out;
    }

    List<Rule> rules(List<RuleSyntax> all) {
        for (int number = 0; number < all.size(); number++) {
            RuleSyntax rule = all.get(number);
            add(rule, Condition.ALWAYS, origins.of(rule, number), false);
        }
        return List.copyOf(rules);
    }

    private void add(RuleSyntax rule, Condition outer, Rule.Origin origin, boolean decides) {
        boolean elsewhere = rule.match().direction() == (out ? RuleSyntax.Direction.IN : RuleSyntax.Direction.OUT);
        if (elsewhere) {
            return;
        }
        switch (rule.verb()) {
            case PASS, BLOCK, MATCH -> rules.add(rule(rule, outer, origin, decides));
            case ANCHOR -> anchor(rule, outer, origin);
            case UNCLEAR -> rules.add(unclear(rule, outer));
            case NAT, BINAT, RDR, NAT_ANCHOR, BINAT_ANCHOR, RDR_ANCHOR -> {}
        }
    }

    private Rule rule(RuleSyntax rule, Condition outer, Rule.Origin origin, boolean decides) {
        Condition condition = Condition.all(outer, RuleConditions.routed(rule), conditions.of(rule.match()));
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : rule.effects()) {
            if (rule.verb() != RuleSyntax.Verb.BLOCK || effect instanceof Effect.Assign(Field field, var to)) {
                effects.add(effect);
            }
        }
        if (rule.verb() != RuleSyntax.Verb.BLOCK) {
            rule.route().ifPresent(route -> effects.addAll(routing.effects(route)));
            rule.redirection().ifPresent(redirection -> effects.addAll(translations.inFilter(rule, redirection, out)));
        }
        Action action = switch (rule.verb()) {
            case PASS -> Action.ACCEPT;
            case BLOCK -> new Action.Drop(rule.answered());
            default -> Action.CONTINUE;
        };
        boolean quick = (rule.quick() || decides) && rule.verb() != RuleSyntax.Verb.MATCH;
        return new Rule(condition, effects, action, quick, origin, rule.source());
    }

    private void anchor(RuleSyntax anchor, Condition outer, Rule.Origin origin) {
        if (anchor.inner().isEmpty()) {
            if (anchors.isLoaded(anchor)) {
                rules.add(unclear(anchor, Condition.all(outer, conditions.of(anchor.match()))));
            }
            return;
        }
        Condition inside = Condition.all(outer, conditions.of(anchor.match()));
        List<RuleSyntax> inner = anchor.inner().get();
        if (!anchor.quick()) {
            inner.forEach(rule -> add(rule, inside, origin, false));
        } else if (inner.stream().allMatch(FilterChains::onlyDecides)) {
            // The last match inside ends the evaluation: the same as the first one from the end.
            inner.reversed().forEach(rule -> add(rule, inside, origin, true));
        } else {
            rules.add(unclear(anchor, inside));
        }
    }

    private static boolean onlyDecides(RuleSyntax rule) {
        return Set.of(RuleSyntax.Verb.PASS, RuleSyntax.Verb.BLOCK).contains(rule.verb())
                && !rule.quick()
                && rule.effects().isEmpty();
    }

    private static Rule unclear(RuleSyntax rule, Condition condition) {
        return Rule.of(condition, new Action.Unclear(rule.source().text()), rule.source());
    }
}
