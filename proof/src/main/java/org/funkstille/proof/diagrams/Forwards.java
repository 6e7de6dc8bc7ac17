package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.diagrams.Shadows.Life;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;

/** Follows all packets that can come to base chains from rule to rule, and notes for each rule what comes to it. */
final class Forwards {

    /** To name shadowing rules must not cost more than to find the shadowed. */
    private static final int MOST_COMPARISONS = 200_000;

    private final RuleSet rules;
    private final Diagrams diagrams;
    private final Arrivals arrivals;
    private final Criteria tracked;
    private final Criteria untracked;
    private final Images images;
    private final Map<String, List<Life>> visited = new LinkedHashMap<>();
    private int comparisons;

    /** A rule and packets that it decides on. */
    private record Taken(Rule rule, int packets) {}

    /** One base chain's visit: what can be there at all, what was decided on so far, and what calls came to. */
    private record Visit(Criteria criteria, int anything, List<Taken> taken, Map<Call, Integer> calls) {}

    private record Call(String chain, int arriving) {}

    Forwards(RuleSet rules, Diagrams diagrams) {
        this.rules = rules;
        this.diagrams = diagrams;
        FieldDiagrams fields = new FieldDiagrams(diagrams, Universe.all());
        this.arrivals = new Arrivals(rules, diagrams, fields);
        Criteria.Time anyTime = new Criteria.Time.Any();
        this.tracked = new Criteria(diagrams, fields, arrivals.interfaces(), anyTime, true);
        this.untracked = new Criteria(diagrams, fields, arrivals.interfaces(), anyTime, false);
        this.images = new Images(diagrams, fields, arrivals.interfaces());
    }

    /** What was seen of the rules of each chain that some packet came to. */
    Map<String, List<Life>> visited() {
        return visited;
    }

    void base(BaseChain base) throws TooLarge {
        Criteria criteria = Problem.isTracked(rules.platform(), base) ? tracked : untracked;
        int anything = diagrams.and(arrivals.at(base), criteria.possible(criteria.of(base.guard())));
        Visit visit = new Visit(criteria, anything, new ArrayList<>(), new HashMap<>());
        if (anything == Diagrams.FALSE) {
            return;
        }
        if (base.matching() == Matching.FIRST) {
            chain(base.chain(), anything, visit);
        } else {
            new ForwardsLast(this, visit.criteria(), images).chain(base.chain(), anything);
        }
    }

    List<Life> lives(String chain) {
        return visited.computeIfAbsent(chain, name -> {
            List<Life> fresh = new ArrayList<>();
            rules.chain(name).rules().forEach(_ -> fresh.add(new Life()));
            return fresh;
        });
    }

    RuleSet rules() {
        return rules;
    }

    Diagrams diagrams() {
        return diagrams;
    }

    /** Whether there is still time to name shadowing rules. */
    boolean mayCompare() {
        return comparisons++ < MOST_COMPARISONS;
    }

    /** The packets that come out of the end of the chain. */
    private int chain(String name, int arriving, Visit visit) throws TooLarge {
        if (arriving == Diagrams.FALSE) {
            return Diagrams.FALSE;
        }
        Call call = new Call(name, arriving);
        Integer before = visit.calls().get(call);
        if (before != null) {
            return before;
        }
        List<Life> lives = lives(name);
        List<Rule> all = rules.chain(name).rules();
        int here = arriving;
        int ended = Diagrams.FALSE;
        for (int index = 0; index < all.size(); index++) {
            diagrams.step();
            Rule rule = all.get(index);
            Criterion criterion = visit.criteria().of(rule.condition());
            int possible = visit.criteria().possible(criterion);
            int matched = diagrams.and(here, possible);
            if (matched == Diagrams.FALSE) {
                nameShadowing(lives.get(index), possible, visit);
                continue;
            }
            lives.get(index).decide();
            int passing = diagrams.minus(here, visit.criteria().certain(criterion));
            int changed = images.after(rule.effects(), matched, visit.anything());
            if (rule.action() instanceof Action.Accept || rule.action() instanceof Action.Drop) {
                visit.taken().add(new Taken(rule, matched));
            }
            Ends ends = act(rule.action(), changed, visit);
            here = diagrams.or(passing, ends.next());
            ended = diagrams.or(ended, ends.ended());
        }
        int result = diagrams.or(ended, here);
        visit.calls().put(call, result);
        return result;
    }

    /**
     * Where packets go on.
     *
     * @param next with the next rule
     * @param ended where the chain ends
     */
    private record Ends(int next, int ended) {}

    private Ends act(Action action, int packets, Visit visit) throws TooLarge {
        return switch (action) {
            case Action.Accept _, Action.Drop _ -> new Ends(Diagrams.FALSE, Diagrams.FALSE);
            case Action.Jump(String target) -> new Ends(chain(target, packets, visit), Diagrams.FALSE);
            case Action.Goto(String target) -> new Ends(Diagrams.FALSE, chain(target, packets, visit));
            case Action.Return() -> new Ends(Diagrams.FALSE, packets);
            case Action.Continue(), Action.Unclear _ -> new Ends(packets, Diagrams.FALSE);
            case Action.Lookup lookup -> lookup(lookup, packets, visit);
        };
    }

    private Ends lookup(Action.Lookup lookup, int packets, Visit visit) throws TooLarge {
        int rest = packets;
        int next = Diagrams.FALSE;
        int ended = Diagrams.FALSE;
        for (Action.Entry entry : lookup.entries()) {
            int key = visit.criteria().product(lookup.key(), entry.values());
            Ends ends = act(entry.action(), diagrams.and(rest, key), visit);
            rest = diagrams.minus(rest, key);
            next = diagrams.or(next, ends.next());
            ended = diagrams.or(ended, ends.ended());
        }
        return new Ends(diagrams.or(next, rest), ended);
    }

    private void nameShadowing(Life life, int possible, Visit visit) throws TooLarge {
        for (Taken taken : visit.taken()) {
            if (life.decides() || !life.wantsMore() || !mayCompare()) {
                return;
            }
            if (diagrams.and(possible, taken.packets()) != Diagrams.FALSE) {
                life.shadowedBy(taken.rule());
            }
        }
    }
}
