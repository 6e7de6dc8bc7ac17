package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Rule;

/**
 * Chains in which the last matching rule decides, as in pf, from the last rule to the first. What a packet has to
 * expect depends on the verdict that is pending; so each rule is looked at once for each verdict that there can be.
 */
final class LastMatch {

    private static final Verdict DROP = new Verdict(false, List.of(), "");
    private static final Verdict ACCEPT = new Verdict(true, List.of(), "");

    private final Problem problem;
    private final Outlook outlook;
    private final boolean tracked;

    /** The verdicts that there can be, and what escapes of packets that end with them. */
    private final Map<Verdict, Integer> verdicts = new LinkedHashMap<>();

    /**
     * @param effects of the deciding rule only: where to, and addresses
     * @param rule the rule's words, where effects are not exact
     */
    private record Verdict(boolean accept, List<Effect> effects, String rule) {}

    LastMatch(Problem problem, Outlook outlook, boolean tracked) {
        this.problem = problem;
        this.outlook = outlook;
        this.tracked = tracked;
    }

    /**
     * What escapes of the packets that come to the chain.
     *
     * @param accepted what escapes of packets that leave it
     * @param ended of packets that no rule decided on
     */
    int chain(String name, int accepted, int ended) throws TooLarge {
        List<Rule> rules = problem.rules().chain(name).rules();
        verdicts.clear();
        verdicts.put(DROP, Diagrams.FALSE);
        verdicts.put(ACCEPT, accepted);
        for (Rule rule : rules) {
            Verdict verdict = verdict(rule);
            if (!verdicts.containsKey(verdict)) {
                verdicts.put(
                        verdict,
                        problem.changes().before(verdict.effects(), accepted, tracked, verdict.rule(), outlook));
            }
        }
        Map<Verdict, Integer> pending = new HashMap<>(verdicts);
        int none = ended;
        for (Rule rule : rules.reversed()) {
            problem.diagrams().step();
            Criterion criterion = problem.criteria(tracked).of(rule.condition());
            if (criterion.equals(Criterion.NEVER)) {
                continue;
            }
            Map<Verdict, Integer> now = new HashMap<>();
            for (Map.Entry<Verdict, Integer> one : pending.entrySet()) {
                now.put(one.getKey(), rule(rule, criterion, one.getValue(), pending));
            }
            none = rule(rule, criterion, none, pending);
            pending = now;
        }
        return none;
    }

    /**
     * @param next what escapes of packets that come to the next rule with the verdict that is pending before this one
     * @param pending the same for each verdict that this rule may leave pending
     */
    private int rule(Rule rule, Criterion criterion, int next, Map<Verdict, Integer> pending) throws TooLarge {
        Map<Verdict, Integer> matched = rule.quick() ? verdicts : pending;
        Verdict verdict = verdict(rule);
        int acted = switch (rule.action()) {
            case Action.Accept _, Action.Drop _ -> get(matched, verdict);
            case Action.Continue() -> next;
            case Action.Unclear(String what) -> unclear(what, matched, verdict, next);
            case Action.Jump _, Action.Goto _, Action.Return _, Action.Lookup _ ->
                unclear(rule.source().text(), matched, verdict, next);
        };
        List<Effect> sticking = rule.effects().stream()
                .filter(effect -> !isOfDecidingRule(effect))
                .toList();
        int before =
                problem.changes().before(sticking, acted, tracked, rule.source().text(), outlook);
        return problem.criteria(tracked).decide(criterion, before, next, outlook);
    }

    private int unclear(String what, Map<Verdict, Integer> matched, Verdict verdict, int next) throws TooLarge {
        int dropped = outlook.byNature(what, get(matched, DROP), next);
        return outlook.byNature(what, get(matched, verdict), dropped);
    }

    private static int get(Map<Verdict, Integer> verdicts, Verdict verdict) {
        return verdicts.getOrDefault(verdict, Diagrams.FALSE);
    }

    /** Of a rule that accepts, or may. */
    private static Verdict verdict(Rule rule) {
        if (rule.action() instanceof Action.Drop) {
            return DROP;
        }
        if (rule.action() instanceof Action.Continue) {
            return ACCEPT;
        }
        List<Effect> effects = new ArrayList<>();
        boolean exact = true;
        for (Effect effect : rule.effects()) {
            if (isOfDecidingRule(effect)) {
                effects.add(effect);
                exact &= !(effect instanceof Effect.Assign assign)
                        || assign.to().only().isPresent();
            }
        }
        return new Verdict(
                true, List.copyOf(effects), exact ? "" : rule.source().text());
    }

    /** True for what counts only of the rule that decides; everything else is done at each match. */
    static boolean isOfDecidingRule(Effect effect) {
        return effect instanceof Effect.RouteTo || (effect instanceof Effect.Assign assign && assign.translates());
    }
}
