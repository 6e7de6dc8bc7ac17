package org.funkstille.bench.proof;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.funkstille.bench.Samples;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.question.Question;

/** The same question in several ways. */
final class Comparison {

    private static final String FIRST = "boxes";

    private final PrintStream out;
    private final Map<String, Way> ways = new LinkedHashMap<>();

    Comparison(PrintStream out) {
        this.out = out;
        ways.put(FIRST, Way.boxes());
        ways.put("diagrams", Way.diagrams());
        ways.put("JDD", Way.jdd());
        ways.put("Z3", Way.z3());
    }

    /**
     * Takes turns, so that a busy machine slows down all of them.
     *
     * @param turns after one that does not count, where there are more than one
     */
    void run(String name, RuleSet rules, Subject subject, boolean silent, int turns) throws Exception {
        Map<String, List<Way.Ready>> ready = new LinkedHashMap<>();
        Map<String, Samples> samples = new LinkedHashMap<>();
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            List<Way.Ready> both = new ArrayList<>();
            for (Question question : Scene.questions(subject)) {
                both.add(way.getValue().ready(rules, question));
            }
            ready.put(way.getKey(), both);
            samples.put(way.getKey(), new Samples());
        }
        for (int turn = turns == 1 ? 1 : 0; turn <= turns; turn++) {
            for (Map.Entry<String, List<Way.Ready>> way : ready.entrySet()) {
                Samples times = turn == 0 ? new Samples() : samples(samples, way.getKey());
                if (times.time(() -> allSilent(way.getValue())) != silent) {
                    throw new IllegalStateException(way.getKey() + " says otherwise: " + name);
                }
            }
        }
        double ours = samples(samples, FIRST).median();
        samples.forEach((way, times) -> out.printf(
                Locale.ROOT,
                "%-50s %-10s %9.2f ms %9.1f times ours%n",
                name,
                way,
                times.median(),
                times.median() / ours));
    }

    private static Samples samples(Map<String, Samples> all, String way) {
        return all.computeIfAbsent(way, _ -> new Samples());
    }

    private static boolean allSilent(List<Way.Ready> families) throws Exception {
        boolean silent = true;
        for (Way.Ready family : families) {
            // Each is asked, so that a leak takes as many questions.
            silent &= family.silent();
        }
        return silent;
    }
}
