package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * The way of packets from its end to its beginning, in one outlook: at each point, the set of packets that escape if
 * they come to this point as they are. So a decision that nobody knows is settled for each packet where it is met, with
 * all that comes later settled before (weakest preconditions, Dijkstra 1975, of a game); and a changed field is put in
 * place of what the packet was before.
 */
final class Backwards {

    private final Problem problem;
    private final Diagrams diagrams;
    private final FieldDiagrams fields;
    private final Outlook outlook;
    private final FirstMatch firstMatch;

    Backwards(Problem problem, Outlook outlook) {
        this.problem = problem;
        this.diagrams = problem.diagrams();
        this.fields = problem.fields();
        this.outlook = outlook;
        this.firstMatch = new FirstMatch(problem, outlook);
    }

    /**
     * Which packets escape if they are sent; arbitrary for packets that are not of the question.
     *
     * @param outside whether to leave the house is an escape
     * @param router whether to reach a service of the router is, where the question says so
     */
    int sent(boolean outside, boolean router) throws TooLarge {
        int escaped = outside ? Diagrams.TRUE : Diagrams.FALSE;
        int leaving = forwarded(hook(Hook.FORWARD, hook(Hook.POSTROUTING, hook(Hook.EGRESS, escaped))));
        int delivered = router && problem.question().services() ? services() : Diagrams.FALSE;
        int arrived = routed(hook(Hook.INPUT, delivered), leaving);
        return hook(Hook.INGRESS, hook(Hook.PREROUTING, arrived));
    }

    private int services() throws TooLarge {
        Criteria criteria = problem.tracked();
        return criteria.decide(criteria.of(Space.harmlessAtRouter()), Diagrams.FALSE, Diagrams.TRUE, outlook);
    }

    /** A router takes one off the hop limit of what it forwards (ip_forward, ip6_forward), and ends what it does not. */
    private int forwarded(int leaving) throws TooLarge {
        int onward = diagrams.substitute(leaving, problem.changes().lowered(Field.HOP_LIMIT));
        Criteria criteria = problem.tracked();
        Criterion goesOn = criteria.of(problem.space().forwarded());
        return criteria.decide(goesOn, onward, Diagrams.FALSE, outlook);
    }

    private int routed(int toRouter, int leaving) throws TooLarge {
        ValueSet outside = problem.space().outside();
        int unrouted = fields.in(Field.OUT_INTERFACE, Interfaces.NONE);
        int sentElsewhere = diagrams.and(fields.in(Field.OUT_INTERFACE, outside), leaving);
        return diagrams.ite(unrouted, byTable(toRouter, leaving, outside), sentElsewhere);
    }

    private int byTable(int toRouter, int leaving, ValueSet outside) throws TooLarge {
        int anyWay = Diagrams.FALSE;
        for (Range range : outside.ranges()) {
            for (long number = range.first().low(); number <= range.last().low(); number++) {
                Substitution by = problem.changes().constant(Field.OUT_INTERFACE, Value.of(number));
                anyWay = diagrams.or(anyWay, diagrams.substitute(leaving, by));
            }
        }
        int inside = fields.in(Field.DESTINATION, problem.space().inside());
        int onward =
                diagrams.and(fields.in(Field.DESTINATION_TYPE, Field.TYPE_UNICAST), diagrams.minus(anyWay, inside));
        int local = fields.in(
                Field.DESTINATION_TYPE,
                ValueSet.of(Field.DESTINATION_TYPE.bits(), Range.of(Field.TYPE_LOCAL, Field.TYPE_MULTICAST)));
        return diagrams.ite(local, toRouter, onward);
    }

    /** @param passed what escapes of packets that pass all base chains of the hook */
    private int hook(Hook hook, int passed) throws TooLarge {
        int result = passed;
        for (BaseChain base : problem.rules().at(hook).reversed()) {
            result = base(base, result);
        }
        return result;
    }

    private int base(BaseChain base, int passed) throws TooLarge {
        Platform platform = problem.rules().platform();
        boolean tracked = Problem.isTracked(platform, base);
        int comes = translates(base, platform, tracked);
        Criterion guard = problem.criteria(tracked).of(base.guard());
        if (comes == Diagrams.FALSE || guard.equals(Criterion.NEVER)) {
            return passed;
        }
        int ended = switch (base.policy()) {
            case Action.Accept() -> passed;
            case Action.Drop _ -> Diagrams.FALSE;
            default -> outlook.byNature(base.source().text(), passed, Diagrams.FALSE);
        };
        int chain = base.matching() == Matching.FIRST
                ? firstMatch.chain(base.chain(), passed, ended, tracked)
                : new LastMatch(problem, outlook, tracked).chain(base.chain(), passed, ended);
        int guarded = problem.criteria(tracked).decide(guard, chain, passed, outlook);
        return diagrams.ite(comes, guarded, passed);
    }

    /**
     * The packets that come to the chain but for its guard: to one of translation, only the first of a flow, and only
     * until one chain has translated it.
     */
    private int translates(BaseChain base, Platform platform, boolean tracked) throws TooLarge {
        if (!base.translation() || platform == Platform.PF) {
            return Diagrams.TRUE;
        }
        return problem.criteria(tracked)
                .product(
                        List.of(Field.STATE, Field.DIRECTION, Field.FLOW_STATUS),
                        List.of(
                                Field.STATE.only(Field.STATE_NEW),
                                Field.DIRECTION.only(0),
                                Problem.untranslated(base.hook())));
    }
}
