package org.funkstille.proof.filter;

import java.util.List;
import org.funkstille.proof.sets.ValueSet;

/** What happens to a packet that a rule matches. */
public sealed interface Action {

    /** It leaves this base chain and goes on to the next one, or to its destination behind the last. */
    record Accept() implements Action {}

    /**
     * It ends here.
     *
     * @param answered true where the sender is told (reject)
     */
    record Drop(boolean answered) implements Action {}

    /** The rules of another chain; what returns from there goes on behind this rule. */
    record Jump(String chain) implements Action {}

    /** The rules of another chain; what returns from there goes on where this chain was called. */
    record Goto(String chain) implements Action {}

    /** Back to the caller; in a base chain: its policy. */
    record Return() implements Action {}

    /** To the next rule. */
    record Continue() implements Action {}

    /** A verdict map: the action of the first entry whose sets hold all fields; of none: to the next rule. */
    record Lookup(List<Field> key, List<Entry> entries) implements Action {
        public Lookup {
            key = List.copyOf(key);
            entries = List.copyOf(entries);
        }
    }

    /** @param values one set for each field of the key */
    record Entry(List<ValueSet> values, Action action) {
        public Entry {
            values = List.copyOf(values);
        }
    }

    /**
     * Not understood: the packet may pass, may end, or may go on to the next rule.
     *
     * @param what in the router's own words
     */
    record Unclear(String what) implements Action {}

    Accept ACCEPT = new Accept();
    Drop DROP = new Drop(false);
    Drop REJECT = new Drop(true);
    Return RETURN = new Return();
    Continue CONTINUE = new Continue();
}
