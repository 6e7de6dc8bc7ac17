package org.funkstille.proof.boxes;

/** The question would take more steps than are allowed. Its answer is not known. */
public final class TooLarge extends Exception {

    public TooLarge(String what) {
        super(what);
    }
}
