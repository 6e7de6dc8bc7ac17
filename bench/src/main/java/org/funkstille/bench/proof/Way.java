package org.funkstille.bench.proof;

import com.microsoft.z3.Context;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import org.funkstille.proof.boxes.BoxEngine;
import org.funkstille.proof.diagrams.DiagramEngine;
import org.funkstille.proof.diagrams.Finding;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.smt.SolverText;

/** A way to answer whether none of a device's packets gets out. */
interface Way {

    /** How long a solver may take. */
    int MILLISECONDS = 60_000;

    /** A question, made ready for that way. */
    interface Ready {
        boolean silent() throws Exception;
    }

    /** What is not timed. */
    Ready ready(RuleSet rules, Question question) throws Exception;

    static Way boxes() {
        return (rules, question) -> () ->
                new BoxEngine(rules, question.house()).ask(question).escapes().isEmpty();
    }

    static Way diagrams() {
        return (rules, question) -> () -> new DiagramEngine().ask(rules, question) instanceof Finding.Silent;
    }

    static Way jdd() {
        return (rules, question) -> () -> new JddChains(rules, question.family()).silent(question);
    }

    /** The text is made before. */
    static Way z3() {
        return (rules, question) -> {
            String text = SolverText.of(rules, question);
            return () -> unsatisfiable(text);
        };
    }

    private static boolean unsatisfiable(String text) {
        try (Context context = new Context()) {
            Solver solver = context.mkSimpleSolver();
            var limit = context.mkParams();
            limit.add("timeout", MILLISECONDS);
            solver.setParameters(limit);
            solver.fromString(text);
            Status status = solver.check();
            if (status == Status.UNKNOWN) {
                throw new IllegalStateException("z3: " + solver.getReasonUnknown());
            }
            return status == Status.UNSATISFIABLE;
        }
    }
}
