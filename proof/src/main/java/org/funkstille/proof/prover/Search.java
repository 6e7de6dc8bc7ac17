package org.funkstille.proof.prover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.funkstille.proof.boxes.BoxEngine;
import org.funkstille.proof.boxes.Escape;
import org.funkstille.proof.boxes.TooLarge;
import org.funkstille.proof.diagrams.DiagramEngine;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;

/** Looks for a packet that surely gets out, in one rule set. */
final class Search {

    /** Kinds of packets that are tried one by one where none gets out for sure. */
    private static final int TRIED = 64;

    private final RuleSet rules;
    private final BoxEngine engine;
    private final Guesses guesses;

    Search(RuleSet rules, House house) {
        this.rules = rules;
        this.engine = new BoxEngine(rules, house);
        this.guesses = new Guesses(rules);
    }

    RuleSet rules() {
        return rules;
    }

    BoxEngine engine() {
        return engine;
    }

    /** One family's part of the question, what is allowed there, and how to pick a packet. */
    record Task(Question question, Allowed allowed, Packets packets) {}

    /** What was found, and until when it holds. */
    sealed interface Finding {

        Optional<Instant> until();

        /** Nothing gets out. */
        record None(Optional<Instant> until) implements Finding {}

        /** This gets out. */
        record Leak(Question question, Course course, Optional<Instant> until) implements Finding {}

        /**
         * It hangs on what is not known.
         *
         * @param contradiction what the engines disagree about
         */
        record Doubt(Set<String> unknowns, Optional<String> contradiction, Optional<Instant> until)
                implements Finding {}
    }

    private record Candidate(Task task, Escape escape) {}

    Finding look(List<Task> tasks) throws TooLarge {
        Optional<Finding> guessed = guessed(tasks, guesses::leak);
        if (guessed.isPresent()) {
            return guessed.get();
        }
        try {
            return lookAtAll(tasks);
        } catch (TooLarge e) {
            return guessed(tasks, guesses::anyLeak).orElseThrow(() -> e);
        }
    }

    private Optional<Finding> guessed(List<Task> tasks, Function<Task, Optional<Course>> guess) {
        for (Task task : tasks) {
            Optional<Course> course = guess.apply(task);
            if (course.isPresent()) {
                return Optional.of(new Finding.Leak(
                        task.question(),
                        course.get(),
                        Times.nextChange(rules, task.question().at())));
            }
        }
        return Optional.empty();
    }

    private Finding lookAtAll(List<Task> tasks) throws TooLarge {
        Optional<Instant> until = Optional.empty();
        List<Candidate> candidates = new ArrayList<>();
        for (Task task : tasks) {
            BoxEngine.Escapes escapes = engine.ask(task.question());
            until = earlier(until, escapes.nextChange());
            for (Escape escape : task.allowed().without(escapes.escapes())) {
                candidates.add(new Candidate(task, escape));
            }
        }
        if (candidates.isEmpty()) {
            return new Finding.None(until);
        }
        return settle(tasks, candidates, until);
    }

    private Finding settle(List<Task> tasks, List<Candidate> candidates, Optional<Instant> until) {
        candidates.sort(
                Comparator.comparing((Candidate one) -> !one.escape().unknowns().isEmpty())
                        .thenComparingInt(one -> one.task().packets().rank(one.escape())));
        Set<String> unknowns = new HashSet<>();
        Optional<String> contradiction = Optional.empty();
        for (Candidate candidate : candidates.stream().limit(TRIED).toList()) {
            Packet packet = candidate.task().packets().of(candidate.escape().sent());
            Verdict verdict = new Simulator(rules, candidate.task().question()).verdict(packet);
            if (verdict.escape() == Verdict.Escape.SURELY && verdict.example().isPresent()) {
                return new Finding.Leak(
                        candidate.task().question(), verdict.example().get(), until);
            }
            if (verdict.escape() == Verdict.Escape.NEVER
                    || candidate.escape().unknowns().isEmpty()) {
                contradiction = Optional.of(disagreement(packet));
            }
            unknowns.addAll(candidate.escape().unknowns());
            if (!verdict.complete()) {
                contradiction = Optional.of("unproven because of size: a packet meets more rules than are looked at");
                break;
            }
        }
        Finding doubt = new Finding.Doubt(unknowns, contradiction, until);
        return contradiction.isPresent() ? doubt : exactly(tasks, until).orElse(doubt);
    }

    /**
     * No single kind of packets surely gets out, but the same packet may get out either way, by different rules. Boxes
     * do not see that, diagrams do.
     */
    private Optional<Finding> exactly(List<Task> tasks, Optional<Instant> until) {
        Set<String> unknowns = new HashSet<>();
        boolean silent = true;
        try {
            for (Task task : tasks) {
                switch (new DiagramEngine()
                        .escapes(rules, task.question())
                        .finding(task.allowed().boxes())) {
                    case org.funkstille.proof.diagrams.Finding.Leaking(Packet sent, var _) -> {
                        Verdict verdict = new Simulator(rules, task.question()).verdict(sent);
                        return Optional.of(
                                verdict.escape() == Verdict.Escape.SURELY
                                                && verdict.example().isPresent()
                                        ? new Finding.Leak(
                                                task.question(),
                                                verdict.example().get(),
                                                until)
                                        : new Finding.Doubt(Set.of(), Optional.of(disagreement(sent)), until));
                    }
                    case org.funkstille.proof.diagrams.Finding.Unproven(var _, var _, List<String> names) -> {
                        unknowns.addAll(names);
                        silent = false;
                    }
                    case org.funkstille.proof.diagrams.Finding.Silent _ -> {}
                }
            }
        } catch (org.funkstille.proof.diagrams.TooLarge e) {
            return Optional.empty();
        }
        return Optional.of(new Finding.Doubt(
                unknowns,
                silent
                        ? Optional.of("two ways of reading the rules disagree; please report this rule set")
                        : Optional.empty(),
                until));
    }

    private static String disagreement(Packet packet) {
        return "two ways of reading the rules disagree about this packet; please report it: " + packet;
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.get().isBefore(other.get()) ? one : other;
    }
}
