package org.funkstille.proof.read.iptables;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;

/**
 * What a target does to the packets that a rule matches, and that are of a kind.
 *
 * @param kind of those packets; a target that treats kinds apart has more than one outcome
 */
record Outcome(Condition kind, List<Effect> effects, Action action) {

    Outcome {
        effects = List.copyOf(effects);
    }

    static List<Outcome> of(Action action) {
        return List.of(new Outcome(Condition.ALWAYS, List.of(), action));
    }

    static List<Outcome> of(Effect... effects) {
        return List.of(new Outcome(Condition.ALWAYS, List.of(effects), Action.CONTINUE));
    }

    static List<Outcome> accepted(List<Effect> effects) {
        return List.of(new Outcome(Condition.ALWAYS, effects, Action.ACCEPT));
    }
}
