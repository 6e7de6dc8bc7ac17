package org.funkstille.proof.filter;

/** A rule set that no router could have in force: a chain is missing, or jumps go in circles. */
public final class MalformedRuleSet extends RuntimeException {

    public MalformedRuleSet(String message) {
        super(message);
    }
}
