package org.funkstille.proof.diagrams;

import java.util.Arrays;

/** What stands in place of each variable. Belongs to one {@link Diagrams}; must not change once it was used. */
public final class Substitution {

    private static final int ITSELF = -1;

    private final int number;
    private final int[] replacements;
    private int last = -1;

    Substitution(int number, int variables) {
        this.number = number;
        this.replacements = new int[variables];
        Arrays.fill(replacements, ITSELF);
    }

    public Substitution put(int variable, int diagram) {
        replacements[variable] = diagram;
        last = Math.max(last, variable);
        return this;
    }

    /** Among all sets and substitutions of the store, for its cache. */
    int number() {
        return number;
    }

    boolean replaces(int variable) {
        return replacements[variable] != ITSELF;
    }

    int replacement(int variable) {
        return replacements[variable];
    }

    /** The last variable that is replaced; -1 where none is. */
    int last() {
        return last;
    }
}
