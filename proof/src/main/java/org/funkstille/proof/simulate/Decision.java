package org.funkstille.proof.simulate;

/**
 * A point at which the rule set and the packet alone do not say what happens.
 *
 * @param what in the router's own words
 * @param outcome what was taken there: {@code holds}, {@code does not hold}, {@code accept}…
 */
public record Decision(By by, String what, String outcome) {

    /** Who decides. */
    public enum By {
        /** The sender, who takes what suits it. */
        SENDER,
        /** Nobody knows. */
        NATURE
    }
}
