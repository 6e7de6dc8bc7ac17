package org.funkstille.proof.smt;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;

/** A chain in which the last match decides, unless one before is quick: pf. */
final class LastMatchText {

    private final Lines lines;
    private final Fields fields;
    private final Steps steps;
    private final ConditionText conditions;
    private final EffectText effects;

    /** What those fields become if no later rule decides. */
    private final Map<Field, String> pending = new TreeMap<>();

    LastMatchText(Lines lines, Fields fields, Steps steps, ConditionText conditions, EffectText effects) {
        this.lines = lines;
        this.fields = fields;
        this.steps = steps;
        this.conditions = conditions;
        this.effects = effects;
    }

    /**
     * @param enters where the packet comes into the chain
     * @param policyAccepts what it is before any rule
     * @return where the chain accepts it
     */
    String run(Chain chain, String enters, String policyAccepts) throws TooLarge {
        Set<Field> ofTheDecidingRule = ofTheDecidingRule(chain);
        String verdict = policyAccepts;
        String here = enters;
        List<String> ended = new ArrayList<>();
        for (Rule rule : chain.rules()) {
            int number = steps.next(chain, rule);
            String match = conditions.of(rule.condition());
            String hit = steps.define("hit", number, Terms.and(here, match));
            String acts = effects.apply(atOnce(rule), hit);
            if (acts.equals(Terms.FALSE)) {
                ended.add(hit);
                here = steps.define("behind", number, Terms.and(here, Terms.not(hit)));
                continue;
            }
            Decides decides = decides(rule, number, hit);
            verdict = steps.define("pending", number, Terms.ite(decides.where(), decides.accepts(), verdict));
            remember(rule, number, decides.where(), ofTheDecidingRule);
            if (rule.quick()) {
                here = steps.define("behind", number, Terms.and(here, Terms.not(decides.where())));
            }
        }
        for (Map.Entry<Field, String> entry : pending.entrySet()) {
            fields.change(entry.getKey(), enters, entry.getValue());
        }
        return Terms.and(enters, Terms.not(Terms.or(ended)), verdict);
    }

    /** @param where the rule is the one that decides, unless a later one does */
    private record Decides(String where, String accepts) {}

    /** Actions that pf does not have are not understood. */
    private Decides decides(Rule rule, int number, String hit) throws TooLarge {
        return switch (rule.action()) {
            case Action.Accept() -> new Decides(hit, Terms.TRUE);
            case Action.Drop _ -> new Decides(hit, Terms.FALSE);
            case Action.Continue() -> new Decides(Terms.FALSE, Terms.FALSE);
            case Action.Unclear _, Action.Jump _, Action.Goto _, Action.Return _, Action.Lookup _ -> {
                String what = rule.source().text();
                String term = Terms.and(hit, conditions.free("unknown", "decides: " + what));
                yield new Decides(
                        steps.define("decides", number, term), conditions.free("unknown", "accepts: " + what));
            }
        };
    }

    private static List<Effect> atOnce(Rule rule) {
        return rule.effects().stream()
                .filter(effect -> !isOfTheDecidingRule(effect))
                .toList();
    }

    /** Where to, and translation, come from the rule that makes the state; everything else sticks with each match. */
    private static boolean isOfTheDecidingRule(Effect effect) {
        return effect instanceof Effect.RouteTo || (effect instanceof Effect.Assign assign && assign.translates());
    }

    /** The fields that are changed when the chain is done. */
    private static Set<Field> ofTheDecidingRule(Chain chain) {
        Set<Field> changed = EnumSet.noneOf(Field.class);
        chain.rules().stream()
                .flatMap(rule -> rule.effects().stream())
                .filter(LastMatchText::isOfTheDecidingRule)
                .forEach(effect -> changed.add(EffectText.changed(effect)));
        return changed;
    }

    /** A rule that decides and says nothing of a field leaves it as it was. */
    private void remember(Rule rule, int number, String decides, Set<Field> changed) throws TooLarge {
        if (decides.equals(Terms.FALSE)) {
            return;
        }
        for (Field field : changed) {
            String becomes = fields.get(field);
            for (Effect effect : rule.effects()) {
                if (isOfTheDecidingRule(effect) && EffectText.changed(effect) == field) {
                    becomes = effects.number(effect);
                }
            }
            String before = pending.getOrDefault(field, fields.get(field));
            String name = "pending-" + field + "-" + number;
            String term = Terms.ite(decides, becomes, before);
            if (!term.equals(before)) {
                lines.define(name, Terms.sort(field), term);
                pending.put(field, name);
            }
        }
    }
}
