package org.funkstille.proof.diagrams;

import java.util.BitSet;

/** Variables to be quantified. Belongs to one {@link Diagrams}. */
public final class VariableSet {

    private final int number;
    private final BitSet members;

    VariableSet(int number, int variables, int... members) {
        this.number = number;
        this.members = new BitSet(variables);
        for (int member : members) {
            this.members.set(member);
        }
    }

    /** Among all sets and substitutions of the store, for its cache. */
    int number() {
        return number;
    }

    boolean contains(int variable) {
        return members.get(variable);
    }

    /** -1 where there is none. */
    int last() {
        return members.length() - 1;
    }
}
