package org.funkstille.proof.diagrams;

import java.util.HashMap;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Rule;

/** Chains in which the first matching rule decides, from the last rule to the first. For one outlook. */
final class FirstMatch {

    private final Problem problem;
    private final Outlook outlook;

    /** Chains are often called with the same prospects again; and hostile ones call each other 2^n times. */
    private final Map<Call, Integer> known = new HashMap<>();

    /**
     * @param accepted what escapes of packets that leave the base chain
     * @param ended what escapes of packets that come to the end of this chain
     */
    private record Call(String chain, int accepted, int ended, boolean tracked) {}

    FirstMatch(Problem problem, Outlook outlook) {
        this.problem = problem;
        this.outlook = outlook;
    }

    /** What escapes of the packets that come to a chain. */
    int chain(String name, int accepted, int ended, boolean tracked) throws TooLarge {
        return chain(new Call(name, accepted, ended, tracked));
    }

    private int chain(Call call) throws TooLarge {
        Integer before = known.get(call);
        if (before != null) {
            return before;
        }
        int result = call.ended();
        for (Rule rule : problem.rules().chain(call.chain()).rules().reversed()) {
            problem.diagrams().step();
            result = rule(rule, result, call);
        }
        known.put(call, result);
        return result;
    }

    /** @param next what escapes of packets that come to the next rule */
    private int rule(Rule rule, int next, Call call) throws TooLarge {
        Criteria criteria = problem.criteria(call.tracked());
        Criterion criterion = criteria.of(rule.condition());
        // Before its action is looked at: chains of other devices are never gone into.
        if (criterion.equals(Criterion.NEVER)) {
            return next;
        }
        int acted = action(rule.action(), next, call);
        String words = rule.source().text();
        int matched = problem.changes().before(rule.effects(), acted, call.tracked(), words, outlook);
        return criteria.decide(criterion, matched, next, outlook);
    }

    private int action(Action action, int next, Call call) throws TooLarge {
        return switch (action) {
            case Action.Accept() -> call.accepted();
            case Action.Drop _ -> Diagrams.FALSE;
            case Action.Jump(String target) -> chain(new Call(target, call.accepted(), next, call.tracked()));
            case Action.Goto(String target) -> chain(new Call(target, call.accepted(), call.ended(), call.tracked()));
            case Action.Return() -> call.ended();
            case Action.Continue() -> next;
            case Action.Lookup lookup -> lookup(lookup, next, call);
            case Action.Unclear(String what) ->
                outlook.byNature(what, call.accepted(), outlook.byNature(what, Diagrams.FALSE, next));
        };
    }

    private int lookup(Action.Lookup lookup, int next, Call call) throws TooLarge {
        Criteria criteria = problem.criteria(call.tracked());
        int result = next;
        for (Action.Entry entry : lookup.entries().reversed()) {
            problem.diagrams().step();
            int key = criteria.product(lookup.key(), entry.values());
            if (key != Diagrams.FALSE) {
                result = problem.diagrams().ite(key, action(entry.action(), next, call), result);
            }
        }
        return result;
    }
}
