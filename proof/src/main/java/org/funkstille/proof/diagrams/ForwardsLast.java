package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.diagrams.Shadows.Life;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Rule;

/**
 * The same in a chain in which the last matching rule decides. There a rule does nothing where a quick one before it
 * takes all it would match, or where a later one surely decides anew.
 */
final class ForwardsLast {

    private final Forwards forwards;
    private final Diagrams diagrams;
    private final Criteria criteria;
    private final Images images;

    ForwardsLast(Forwards forwards, Criteria criteria, Images images) {
        this.forwards = forwards;
        this.diagrams = forwards.diagrams();
        this.criteria = criteria;
        this.images = images;
    }

    void chain(String name, int anything) throws TooLarge {
        List<Rule> rules = forwards.rules().chain(name).rules();
        List<Life> lives = forwards.lives(name);
        int[] redecided = redecided(rules);
        int here = anything;
        for (int index = 0; index < rules.size(); index++) {
            diagrams.step();
            Rule rule = rules.get(index);
            Criterion criterion = criteria.of(rule.condition());
            int matched = diagrams.and(here, criteria.possible(criterion));
            Life life = lives.get(index);
            if (matched == Diagrams.FALSE) {
                nameQuick(rules.subList(0, index), criterion, life);
                continue;
            }
            int changed = images.after(sticking(rule), matched, anything);
            boolean only = decides(rule) && !rule.quick() && sticking(rule).isEmpty();
            if (only && diagrams.minus(changed, redecided[index + 1]) == Diagrams.FALSE) {
                life.match();
                nameLater(rules.subList(index + 1, rules.size()), matched, life);
            } else {
                life.decide();
            }
            boolean ends = rule.quick() && decides(rule);
            int passing = diagrams.minus(here, criteria.certain(criterion));
            here = diagrams.or(passing, ends ? Diagrams.FALSE : changed);
        }
    }

    /** For each rule, packets on which that rule or a later one decides, whatever is unknown. */
    private int[] redecided(List<Rule> rules) throws TooLarge {
        int[] result = new int[rules.size() + 1];
        for (int index = rules.size() - 1; index >= 0; index--) {
            Rule rule = rules.get(index);
            int later = result[index + 1];
            boolean changes = !sticking(rule).isEmpty();
            int certain = criteria.certain(criteria.of(rule.condition()));
            if (decides(rule)) {
                int kept = changes ? unmatched(rule, later) : later;
                result[index] = diagrams.or(certain, kept);
            } else {
                result[index] = changes ? unmatched(rule, later) : later;
            }
        }
        return result;
    }

    /** Of packets that a rule changes nothing is known behind it. */
    private int unmatched(Rule rule, int later) throws TooLarge {
        return diagrams.minus(later, criteria.possible(criteria.of(rule.condition())));
    }

    private void nameQuick(List<Rule> before, Criterion criterion, Life life) throws TooLarge {
        int possible = criteria.possible(criterion);
        for (Rule rule : before) {
            if (life.decides() || !life.wantsMore() || !forwards.mayCompare()) {
                return;
            }
            if (rule.quick() && decides(rule) && overlaps(rule, possible)) {
                life.shadowedBy(rule);
            }
        }
    }

    private void nameLater(List<Rule> later, int matched, Life life) throws TooLarge {
        for (Rule rule : later) {
            if (!life.wantsMore() || !forwards.mayCompare()) {
                return;
            }
            if (decides(rule) && overlaps(rule, matched)) {
                life.shadowedBy(rule);
            }
        }
    }

    private boolean overlaps(Rule rule, int packets) throws TooLarge {
        return diagrams.and(criteria.certain(criteria.of(rule.condition())), packets) != Diagrams.FALSE;
    }

    private static boolean decides(Rule rule) {
        return rule.action() instanceof Action.Accept || rule.action() instanceof Action.Drop;
    }

    /** What a rule does to packets even where it does not decide. */
    private static List<Effect> sticking(Rule rule) {
        return rule.effects().stream()
                .filter(effect -> !LastMatch.isOfDecidingRule(effect))
                .toList();
    }
}
