package org.funkstille.proof.smt;

/** The text would be longer than anybody could use: jumps are written out, and some rule sets jump a lot. */
public final class TooLarge extends Exception {

    TooLarge(String what) {
        super(what);
    }
}
