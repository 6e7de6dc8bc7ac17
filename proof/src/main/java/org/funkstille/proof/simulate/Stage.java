package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Rule;

/**
 * What one base chain said to the packet.
 *
 * @param chains the base chain's name, then each chain jumped into from there, down to the one with the deciding rule
 * @param jumps the rules that jumped from one to the next
 * @param rule the rule that decided; absent: the base chain's policy
 * @param passed false where the packet ended here
 */
public record Stage(BaseChain base, List<String> chains, List<Rule> jumps, Optional<Rule> rule, boolean passed) {

    public Stage {
        chains = List.copyOf(chains);
        jumps = List.copyOf(jumps);
    }
}
