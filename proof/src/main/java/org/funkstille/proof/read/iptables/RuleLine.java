package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Optional;

/**
 * A line {@code -A CHAIN …} by its parts.
 *
 * @param header options of the rule itself: addresses, interfaces, protocol, fragments
 * @param matches without comments
 * @param target absent: the rule only counts
 * @param remark its comments
 */
record RuleLine(
        String chain,
        int chainColumn,
        List<Option> header,
        List<Extension> matches,
        Optional<Extension> target,
        String remark) {

    RuleLine {
        header = List.copyOf(header);
        matches = List.copyOf(matches);
    }
}
