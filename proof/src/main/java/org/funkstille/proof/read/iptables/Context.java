package org.funkstille.proof.read.iptables;

import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.read.Surroundings;

/**
 * What the meaning of a rule hangs on beside its own words.
 *
 * @param chain that the rule stands in
 * @param sets what {@code ipset save} said
 * @param marks that packets and flows can have
 * @param untracked holds for all packets, and maybe more, that rules of the text keep from connection tracking
 */
record Context(
        Family family,
        String chain,
        Surroundings surroundings,
        IpSets sets,
        MarkValues marks,
        Condition untracked,
        Assumptions assumptions) {

    Context in(String other) {
        return new Context(family, other, surroundings, sets, marks, untracked, assumptions);
    }
}
