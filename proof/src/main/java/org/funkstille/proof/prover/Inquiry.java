package org.funkstille.proof.prover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.proof.diagrams.Budget;
import org.funkstille.proof.diagrams.Destinations;
import org.funkstille.proof.diagrams.DiagramEngine;
import org.funkstille.proof.diagrams.Differences;
import org.funkstille.proof.diagrams.Shadows;
import org.funkstille.proof.diagrams.TooLarge;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.smt.SolverText;

/** Further questions about a rule set, for engineers. */
public final class Inquiry {

    private Inquiry() {}

    /**
     * A rule that does nothing.
     *
     * @param rule in the router's own words
     * @param by rules that take its packets; none: no packet can ever match it
     */
    public record Shadowed(String chain, String rule, List<String> by) {
        public Shadowed {
            by = List.copyOf(by);
        }
    }

    /** Rules that never do anything, whatever packet comes; nothing where the rule set is too large to tell. */
    public static Optional<List<Shadowed>> shadowed(Prover prover) {
        try {
            List<Shadowed> found = new ArrayList<>();
            for (Shadows.Shadow shadow :
                    Shadows.of(prover.rules(), Budget.USUAL).shadows()) {
                found.add(new Shadowed(
                        shadow.chain(),
                        shadow.rule().source().toString(),
                        shadow.by().stream()
                                .map(Rule::source)
                                .map(Object::toString)
                                .distinct()
                                .toList()));
            }
            return Optional.of(found);
        } catch (TooLarge e) {
            return Optional.empty();
        }
    }

    /**
     * How another rule set differs for a device.
     *
     * @return sentences; none where the two let the same packets out
     */
    public static List<String> differences(Prover one, Prover other, Subject subject) {
        List<String> sentences = new ArrayList<>();
        for (Search.Task task : one.framing().tasks(subject)) {
            try {
                Differences differences =
                        Differences.between(one.rules(), other.rules(), task.question(), Budget.USUAL);
                differences
                        .moreInFirst()
                        .ifPresent(more -> sentences.add("only the first lets out: " + Shown.packet(more.sent())));
                differences
                        .moreInSecond()
                        .ifPresent(more -> sentences.add("only the second lets out: " + Shown.packet(more.sent())));
            } catch (TooLarge e) {
                sentences.add("too large to compare");
            }
        }
        return sentences;
    }

    /** Where a device's packets can get to: as many lines as told, and one that says so where there are more. */
    public static List<String> destinations(Prover prover, Subject subject, int most) {
        List<String> lines = new ArrayList<>();
        for (Search.Task task : prover.framing().tasks(subject)) {
            try {
                Destinations found = new DiagramEngine()
                        .escapes(prover.rules(), task.question())
                        .destinations(most);
                found.boxes()
                        .forEach(box ->
                                lines.add(Shown.destination(box, task.question().family())));
                if (!found.complete()) {
                    lines.add("… and more");
                }
            } catch (TooLarge e) {
                lines.add("too many to tell apart");
            }
        }
        return lines;
    }

    /**
     * The question about a device as SMT-LIB 2, a text for each family: unsatisfiable means that nothing gets out.
     *
     * @return nothing where the text would be too large
     */
    public static Optional<List<String>> smt(Prover prover, Subject subject) {
        List<String> texts = new ArrayList<>();
        for (Search.Task task : prover.framing().tasks(subject)) {
            try {
                texts.add(SolverText.of(prover.rules(), task.question()));
            } catch (org.funkstille.proof.smt.TooLarge e) {
                return Optional.empty();
            }
        }
        return Optional.of(texts);
    }
}
