package org.funkstille.proof.diagrams;

import java.util.List;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;

/**
 * One question to one rule set, with what all ways of looking at it share.
 *
 * @param untracked conditions as they are seen before connection tracking
 */
record Problem(
        Diagrams diagrams,
        RuleSet rules,
        Question question,
        Space space,
        FieldDiagrams fields,
        Criteria tracked,
        Criteria untracked,
        Changes changes) {

    /** @param sent the packets that are asked about: all of the question, or fewer */
    static Problem of(Diagrams diagrams, RuleSet rules, Question question, List<Box> sent) {
        Space space = new Space(question, rules.platform());
        Universe universe = Universe.of(sent, rules, space.interfaces(), space.outside());
        FieldDiagrams fields = new FieldDiagrams(diagrams, universe);
        Criteria.Time time = new Criteria.Time.Moment(question.at());
        return new Problem(
                diagrams,
                rules,
                question,
                space,
                fields,
                new Criteria(diagrams, fields, space.interfaces(), time, true),
                new Criteria(diagrams, fields, space.interfaces(), time, false),
                new Changes(diagrams, fields, space.interfaces()));
    }

    /** False where packets come to the chain before their state is known. */
    static boolean isTracked(Platform platform, BaseChain base) {
        return platform == Platform.PF
                || (base.hook() != Hook.INGRESS
                        && (base.hook() != Hook.PREROUTING || base.priority() >= BaseChain.CONNECTION_TRACKING));
    }

    /**
     * The numbers of {@link Field#FLOW_STATUS} with which Linux asks the translation chains of a hook: of the source at
     * input and postrouting, of the destination elsewhere, each once in a flow (nf_nat_inet_fn).
     */
    static ValueSet untranslated(Hook hook) {
        int other = hook == Hook.INPUT || hook == Hook.POSTROUTING ? 2 : 1;
        return Field.FLOW_STATUS.only(0).union(Field.FLOW_STATUS.only(other));
    }

    Criteria criteria(boolean isTracked) {
        return isTracked ? tracked : untracked;
    }
}
