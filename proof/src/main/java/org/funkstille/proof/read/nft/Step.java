package org.funkstille.proof.read.nft;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;

/** What one statement of a rule does; the statements of a rule run one after another until one fails or decides. */
sealed interface Step {

    /** The rule ends where it does not hold. */
    record Ask(Condition condition) implements Step {}

    record Do(List<Effect> effects) implements Step {
        public Do {
            effects = List.copyOf(effects);
        }
    }

    record End(Action action) implements Step {}

    /** A map: what happens hangs on the key; the rule ends where the map does not have it. */
    record Choose(SetKey key, List<Alternative> alternatives) implements Step {
        public Choose {
            alternatives = List.copyOf(alternatives);
        }
    }

    record Alternative(Element element, List<Effect> effects) {
        public Alternative {
            effects = List.copyOf(effects);
        }
    }

    /** A verdict map. */
    record Decide(SetKey key, List<Verdict> verdicts) implements Step {
        public Decide {
            verdicts = List.copyOf(verdicts);
        }
    }

    record Verdict(Element element, Action action) {}
}
