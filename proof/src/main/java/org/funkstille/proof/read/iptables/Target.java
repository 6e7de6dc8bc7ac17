package org.funkstille.proof.read.iptables;

import java.util.List;

/** What a target ({@code -j NAME}) does. */
@FunctionalInterface
interface Target {

    List<Outcome> read(Extension target, Context context) throws NotUnderstood;
}
