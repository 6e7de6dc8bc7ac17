package org.funkstille.proof.simulate;

import java.util.Collection;
import java.util.List;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;

/**
 * The way of one packet for one sequence of decisions.
 *
 * @param sent the packet as it came in
 * @param stages the base chains that it came through, in order; those that it passed by are not named
 * @param decisions what neither packet nor rules say, in the order in which it was met
 * @param last the packet at the end; a field that was changed to a number which nobody knows has more than one
 */
public record Course(Packet sent, List<Stage> stages, List<Decision> decisions, Outcome outcome, Box last) {

    public Course {
        stages = List.copyOf(stages);
        decisions = List.copyOf(decisions);
    }

    /** The names of all chains that led to a decision, in order. */
    public List<String> path() {
        return stages.stream().map(Stage::chains).flatMap(Collection::stream).toList();
    }

    /** The rules that decided, in order; where a policy decided there is none. */
    public List<Rule> rules() {
        return stages.stream().flatMap(stage -> stage.rule().stream()).toList();
    }
}
