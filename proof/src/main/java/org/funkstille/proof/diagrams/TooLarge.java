package org.funkstille.proof.diagrams;

/** A diagram would take more memory or time than it may: there is no answer, neither yes nor no. */
public final class TooLarge extends Exception {

    public TooLarge(String message) {
        super(message);
    }
}
