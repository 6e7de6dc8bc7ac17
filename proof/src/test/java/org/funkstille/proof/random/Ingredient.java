package org.funkstille.proof.random;

/** What a random rule set may have beside what is certain. */
public enum Ingredient {
    /** Conditions and actions that are not understood, and times without a zone. */
    UNKNOWN,
    /** Conditions that the sender can bring about either way. */
    CHOICE,
    /** Effects that are not understood: each may lead out. */
    UNCLEAR_EFFECT,
    /** Fields that become one of several numbers. */
    SEVERAL_NUMBERS
}
