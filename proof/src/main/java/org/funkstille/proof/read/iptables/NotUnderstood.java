package org.funkstille.proof.read.iptables;

/** A match or a target says something that has no meaning here; it is then taken as unknown, whole. */
final class NotUnderstood extends Exception {

    NotUnderstood(String what) {
        super(what);
    }
}
