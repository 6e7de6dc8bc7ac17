package org.funkstille.proof.read.iptables;

import org.funkstille.core.net.Family;
import org.funkstille.proof.read.Surroundings;

/**
 * What the meaning of a rule hangs on beside its own words.
 *
 * @param chain that the rule stands in
 * @param sets what {@code ipset save} said
 * @param untracks true where some rule of the text takes packets out of connection tracking
 */
record Context(
        Family family,
        String chain,
        Surroundings surroundings,
        IpSets sets,
        boolean untracks,
        Assumptions assumptions) {

    Context in(String other) {
        return new Context(family, other, surroundings, sets, untracks, assumptions);
    }
}
