package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.proof.filter.Rule;

/**
 * How a chain ended.
 *
 * @param chains from the base chain to the one with the deciding rule
 * @param jumps the rules that led from one to the next
 * @param rule the rule that decided, where one did
 */
record ChainEnd(How how, List<String> chains, List<Rule> jumps, Optional<Rule> rule) {

    enum How {
        ACCEPT,
        DROP,
        /** No rule decided: back to the caller, or to the policy. */
        RETURN,
        /** A rule did something that is not understood, and the packet got out. */
        ESCAPE
    }

    static final ChainEnd RETURNED = new ChainEnd(How.RETURN, List.of(), List.of(), Optional.empty());

    static ChainEnd decided(How how, List<String> chains, Rule rule) {
        return new ChainEnd(how, chains, List.of(), Optional.of(rule));
    }

    /** The same, reached by a jump. */
    ChainEnd behind(Rule jump) {
        return new ChainEnd(
                how, chains, Stream.concat(Stream.of(jump), jumps.stream()).toList(), rule);
    }
}
