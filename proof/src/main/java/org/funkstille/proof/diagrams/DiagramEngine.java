package org.funkstille.proof.diagrams;

import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;

/**
 * Answers questions with sets of packets as binary decision diagrams.
 *
 * @param budget what one answer may cost
 */
public record DiagramEngine(Budget budget) {

    public DiagramEngine() {
        this(Budget.USUAL);
    }

    public Finding ask(RuleSet rules, Question question) throws TooLarge {
        return escapes(rules, question).finding();
    }

    /** All packets of the question that escape. */
    public Escapes escapes(RuleSet rules, Question question) throws TooLarge {
        return escapes(rules, question, new Diagrams(Layout.PACKET, budget));
    }

    Escapes escapes(RuleSet rules, Question question, Diagrams diagrams) throws TooLarge {
        Space space = new Space(question, rules.platform());
        return Escapes.of(Problem.of(diagrams, rules, question, space.sent()), budget);
    }
}
