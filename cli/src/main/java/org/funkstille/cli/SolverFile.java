package org.funkstille.cli;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.prover.Inquiry;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;

/** All questions of a proof in one text for a solver, which answers them in this order. */
final class SolverFile {

    private final List<String> parts = new ArrayList<>();

    /** @throws Failure where the question is too large */
    void add(Prover prover, Subject subject) {
        List<String> texts = Inquiry.smt(prover, subject)
                .orElseThrow(() -> new Failure("the question about " + subject.name() + " is too large for a text"));
        for (int index = 0; index < texts.size(); index++) {
            parts.add("; " + subject.name() + ", " + (index == 0 ? "IPv4" : "IPv6") + "\n" + texts.get(index));
        }
    }

    /** Each question begins afresh. */
    String text() {
        return String.join("\n(reset)\n", parts);
    }
}
