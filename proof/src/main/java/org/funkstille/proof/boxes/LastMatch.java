package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Rule;

/** A base chain of pf: the last rule that matches decides, unless a quick one did before (pf.conf(5)). */
final class LastMatch {

    /** What would become of packets if no further rule matched. */
    private record Pending(boolean passes, List<Effect> late) {}

    private record Candidate(Stream stream, Pending pending) {}

    private final Splitter splitter;
    private final Effects effects;
    private final Budget budget;

    /** Takes the rules that let something pass. */
    private final List<Rule> accepting;

    LastMatch(Splitter splitter, Effects effects, Budget budget, List<Rule> accepting) {
        this.accepting = accepting;
        this.splitter = splitter;
        this.effects = effects;
        this.budget = budget;
    }

    List<Stream> passed(BaseChain base, List<Rule> rules, List<Stream> streams) throws TooLarge {
        Pending policy = new Pending(base.policy() instanceof Action.Accept, List.of());
        List<Candidate> live = new ArrayList<>();
        streams.forEach(stream -> live.add(new Candidate(stream, policy)));
        List<Candidate> decided = new ArrayList<>();
        for (Rule rule : rules) {
            List<Candidate> next = new ArrayList<>();
            for (Candidate candidate : live) {
                if (changesNothing(rule, candidate.pending())) {
                    next.add(candidate);
                    continue;
                }
                Split split = splitter.split(rule.condition(), candidate.stream());
                split.rest().forEach(rest -> next.add(new Candidate(rest, candidate.pending())));
                for (Stream matched : split.matched()) {
                    if (rule.action() instanceof Action.Accept) {
                        accepting.add(rule);
                    }
                    for (Stream stream : effects.atMatch(rule, matched)) {
                        settle(rule, stream, candidate.pending(), next, decided);
                    }
                }
            }
            live.clear();
            live.addAll(compact(next));
        }
        decided.addAll(live);
        List<Stream> passed = new ArrayList<>();
        for (Candidate candidate : decided) {
            if (candidate.pending().passes()) {
                passed.addAll(effects.apply(candidate.pending().late(), candidate.stream()));
            }
        }
        return passed;
    }

    /** Whether it matches or not, the same would become of the packets. Saves telling them apart. */
    private static boolean changesNothing(Rule rule, Pending pending) {
        if (rule.quick() || !rule.effects().isEmpty() || !pending.late().isEmpty()) {
            return false;
        }
        return switch (rule.action()) {
            case Action.Accept _ -> pending.passes();
            case Action.Drop _ -> !pending.passes();
            case Action.Continue _ -> true;
            case Action.Jump _, Action.Goto _, Action.Return _, Action.Lookup _, Action.Unclear _ -> false;
        };
    }

    private static void settle(
            Rule rule, Stream stream, Pending before, List<Candidate> next, List<Candidate> decided) {
        List<Candidate> target = rule.quick() ? decided : next;
        switch (rule.action()) {
            case Action.Accept _ -> target.add(new Candidate(stream, new Pending(true, Effects.late(rule))));
            case Action.Drop _ -> target.add(new Candidate(stream, new Pending(false, List.of())));
            case Action.Continue _ -> next.add(new Candidate(stream, before));
            case Action.Unclear(String what) -> {
                Stream doubted = stream.assuming(what);
                target.add(new Candidate(doubted, new Pending(true, Effects.late(rule))));
                target.add(new Candidate(doubted, new Pending(false, List.of())));
                next.add(new Candidate(doubted, before));
            }
            case Action.Jump _, Action.Goto _, Action.Return _, Action.Lookup _ -> {
                Stream doubted = stream.assuming("a jump in a list of rules of which the last decides");
                target.add(new Candidate(doubted, new Pending(true, List.of())));
                target.add(new Candidate(doubted, new Pending(false, List.of())));
            }
        }
    }

    private List<Candidate> compact(List<Candidate> candidates) throws TooLarge {
        List<Candidate> compacted = new ArrayList<>();
        List<Pending> kinds =
                candidates.stream().map(Candidate::pending).distinct().toList();
        for (Pending kind : kinds) {
            List<Stream> streams = candidates.stream()
                    .filter(candidate -> candidate.pending().equals(kind))
                    .map(Candidate::stream)
                    .toList();
            Compaction.of(streams, budget).forEach(stream -> compacted.add(new Candidate(stream, kind)));
        }
        return compacted;
    }
}
