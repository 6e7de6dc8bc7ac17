package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import org.funkstille.proof.simulate.ChainEnd.How;
import org.funkstille.proof.simulate.Decision.By;

/** What is done by rules that are not understood. */
final class Unclear {

    private static final List<String> ACTIONS = List.of("drop", "accept", "continue");

    private static final List<String> EFFECTS = List.of("is gone", "escapes");

    private final Script script;

    Unclear(Script script) {
        this.script = script;
    }

    /** Absent: on to the next rule. */
    Optional<How> action(String what) {
        return switch (script.pick(By.NATURE, what, ACTIONS)) {
            case 0 -> Optional.of(How.DROP);
            case 1 -> Optional.of(How.ACCEPT);
            default -> Optional.empty();
        };
    }

    /** The packet may be changed in any way, so whether it gets out is decided here. */
    How effect(String what) {
        return script.pick(By.NATURE, what, EFFECTS) == 0 ? How.DROP : How.ESCAPE;
    }

    /** A policy has no next rule. */
    boolean policyAccepts(String what) {
        return script.pick(By.NATURE, what, ACTIONS.subList(0, 2)) == 1;
    }
}
