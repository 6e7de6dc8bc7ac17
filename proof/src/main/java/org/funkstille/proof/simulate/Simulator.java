package org.funkstille.proof.simulate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;

/** Takes single packets through a rule set. */
public final class Simulator {

    /** A verdict looks at no more; a packet that meets more unknowns and choices than that escapes possibly. */
    public static final int MOST_COURSES = 4096;

    /** Nor at courses with more decisions: each is a level of recursion. */
    static final int MOST_DECISIONS = 512;

    private final RuleSet rules;
    private final Question question;
    private final Predicate<Rule> skip;

    public Simulator(RuleSet rules, Question question) {
        this(rules, question, _ -> false);
    }

    /** @param skip rules that are taken as absent: with them it shows which rule would have to change */
    public Simulator(RuleSet rules, Question question, Predicate<Rule> skip) {
        this.rules = rules;
        this.question = question;
        this.skip = skip;
    }

    /**
     * One course.
     *
     * @param sent one of the packets of {@code Space.sent()}
     * @param picks the number of the option to take at each decision; behind the last of them the first option, that
     *     is: the condition does not hold, the packet is dropped
     */
    public Course course(Packet sent, List<Integer> picks) {
        return travel(sent, new Script(picks), new Steps());
    }

    /** All courses together. */
    public Verdict verdict(Packet sent) {
        Steps steps = new Steps();
        try {
            return new Exploration(script -> travel(sent, script, steps)).explore();
        } catch (Steps.TooMany e) {
            return new Verdict(Verdict.Escape.POSSIBLY, Optional.empty(), Set.of(), false);
        }
    }

    private Course travel(Packet sent, Script script, Steps steps) {
        return new Journey(rules, question, skip, sent, script, steps).travel();
    }
}
