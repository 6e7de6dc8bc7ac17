package org.funkstille.proof.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.funkstille.proof.simulate.Decision.By;
import org.funkstille.proof.simulate.Verdict.Escape;

/**
 * All courses of one packet: a tree with a decision at each node. Each course is travelled once, from its beginning, with
 * the decisions so far as its script.
 */
final class Exploration {

    private final Function<Script, Course> travel;
    private final Set<String> unknowns = new TreeSet<>();
    private int courses;

    Exploration(Function<Script, Course> travel) {
        this.travel = travel;
    }

    /** @param example of a way out, where one was found */
    private record Node(Escape escape, Optional<Course> example) {}

    /** More than are looked at. */
    private static final Node NOT_LOOKED_AT = new Node(Escape.POSSIBLY, Optional.empty());

    Verdict explore() {
        Node root = below(List.of());
        return new Verdict(root.escape(), root.example(), unknowns, courses <= Simulator.MOST_COURSES);
    }

    private Node below(List<Integer> taken) {
        Script script = new Script(taken);
        return courses > Simulator.MOST_COURSES ? NOT_LOOKED_AT : below(taken, script, travel.apply(script));
    }

    /** @param course one that begins with the decisions taken, and goes on with the first option at each */
    private Node below(List<Integer> taken, Script script, Course course) {
        if (taken.size() > Simulator.MOST_DECISIONS) {
            courses = Simulator.MOST_COURSES + 1;
            return NOT_LOOKED_AT;
        }
        if (script.met().size() == taken.size()) {
            courses++;
            boolean escapes = course.outcome().escape();
            return new Node(escapes ? Escape.SURELY : Escape.NEVER, escapes ? Optional.of(course) : Optional.empty());
        }
        Decision decision = script.met().get(taken.size());
        if (decision.by() == By.NATURE) {
            unknowns.add(decision.what());
        }
        Node result = below(with(taken, 0), script, course);
        for (int option = 1; option < script.options(taken.size()); option++) {
            if (decision.by() == By.SENDER && result.escape() == Escape.SURELY) {
                return result;
            }
            Node other = below(with(taken, option));
            result = decision.by() == By.SENDER ? better(result, other) : either(result, other);
        }
        return result;
    }

    /** The sender decides. */
    private static Node better(Node one, Node other) {
        return other.escape().compareTo(one.escape()) < 0
                        || (other.escape() == one.escape() && one.example().isEmpty())
                ? other
                : one;
    }

    /** Nobody knows which. */
    private static Node either(Node one, Node other) {
        Optional<Course> example = one.example().or(other::example);
        return new Node(one.escape() == other.escape() ? one.escape() : Escape.POSSIBLY, example);
    }

    private static List<Integer> with(List<Integer> taken, int option) {
        List<Integer> more = new ArrayList<>(taken);
        more.add(option);
        return more;
    }
}
