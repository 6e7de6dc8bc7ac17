package org.funkstille.proof.smt;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/** A chain in which the first match decides; the chains that it jumps to are written out in place. */
final class FirstMatchText {

    private final RuleSet rules;
    private final Lines lines;
    private final Steps steps;
    private final ConditionText conditions;
    private final EffectText effects;

    /** Where some rule accepted. */
    private final List<String> accepted = new ArrayList<>();

    FirstMatchText(RuleSet rules, Lines lines, Steps steps, ConditionText conditions, EffectText effects) {
        this.rules = rules;
        this.lines = lines;
        this.steps = steps;
        this.conditions = conditions;
        this.effects = effects;
    }

    String accepted() {
        return Terms.or(accepted);
    }

    /**
     * @param enters where the packet comes into the chain
     * @return where it leaves it without a decision
     */
    String run(Chain chain, String enters) throws TooLarge {
        List<String> returned = new ArrayList<>();
        String here = enters;
        for (Rule rule : chain.rules()) {
            int number = steps.next(chain, rule);
            String match = conditions.of(rule.condition());
            String hit = steps.define("hit", number, Terms.and(here, match));
            String acts = effects.apply(rule.effects(), hit);
            String goesOn = acts.equals(Terms.FALSE) ? Terms.FALSE : act(rule.action(), acts, returned);
            if (!goesOn.equals(hit)) {
                String passesBy = hit.equals(here) ? Terms.FALSE : Terms.and(here, Terms.not(hit));
                here = steps.define("behind", number, Terms.or(passesBy, goesOn));
            }
        }
        returned.add(here);
        return Terms.or(returned);
    }

    /** @return where the packet goes on to the next rule */
    private String act(Action action, String hit, List<String> returned) throws TooLarge {
        return switch (action) {
            case Action.Accept() -> {
                accepted.add(hit);
                yield Terms.FALSE;
            }
            case Action.Drop _ -> Terms.FALSE;
            case Action.Return() -> {
                returned.add(hit);
                yield Terms.FALSE;
            }
            case Action.Continue() -> hit;
            case Action.Jump(String target) -> call(target, hit);
            case Action.Goto(String target) -> {
                returned.add(call(target, hit));
                yield Terms.FALSE;
            }
            case Action.Lookup lookup -> lookup(lookup, hit, returned);
            case Action.Unclear(String what) -> {
                String accepts = conditions.free("unknown", "accepts: " + what);
                accepted.add(Terms.and(hit, accepts));
                yield Terms.and(hit, Terms.not(accepts), conditions.free("unknown", "goes on: " + what));
            }
        };
    }

    private String call(String target, String hit) throws TooLarge {
        lines.comment("  into the chain " + target);
        String back = run(rules.chain(target), hit);
        lines.comment("  back from the chain " + target);
        return steps.define("back", steps.next(), back);
    }

    private String lookup(Action.Lookup lookup, String hit, List<String> returned) throws TooLarge {
        List<String> goesOn = new ArrayList<>();
        String rest = hit;
        for (Action.Entry entry : lookup.entries()) {
            int number = steps.next();
            String holds = conditions.allIn(lookup.key(), entry.values());
            String found = steps.define("entry", number, Terms.and(rest, holds));
            rest = steps.define("rest", number, Terms.and(rest, Terms.not(found)));
            goesOn.add(act(entry.action(), found, returned));
        }
        goesOn.add(rest);
        return Terms.or(goesOn);
    }
}
