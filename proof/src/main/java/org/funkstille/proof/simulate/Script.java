package org.funkstille.proof.simulate;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.simulate.Decision.By;

/** Answers to the decisions of one course, given beforehand; behind the last given one always the first option. */
final class Script {

    static final List<String> HOLDS_OR_NOT = List.of("does not hold", "holds");

    private final List<Integer> given;
    private final List<Decision> met = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();

    Script(List<Integer> given) {
        this.given = given;
    }

    /** The number of the option taken. */
    int pick(By by, String what, List<String> outcomes) {
        int number = met.size() < given.size() ? given.get(met.size()) : 0;
        met.add(new Decision(by, what, outcomes.get(number)));
        options.add(outcomes.size());
        return number;
    }

    boolean holds(By by, String what) {
        return pick(by, what, HOLDS_OR_NOT) == 1;
    }

    List<Decision> met() {
        return met;
    }

    /** How many options the decision of that number had. */
    int options(int number) {
        return options.get(number);
    }
}
