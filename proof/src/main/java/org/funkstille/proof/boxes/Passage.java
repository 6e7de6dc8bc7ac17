package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.sets.ValueSet;

/** Sends streams through base chains. */
final class Passage {

    /** What came out of a chain: streams that it accepted, and streams that it had no verdict on. */
    private record Outcome(List<Stream> passed, List<Stream> undecided) {}

    /** What a rule takes beside its condition, in steps. */
    private static final int RULE = 16;

    private final Prepared prepared;
    private final Box sent;
    private final Splitter splitter;
    private final Effects effects;
    private final Budget budget;
    private final Map<String, List<Rule>> focused = new HashMap<>();

    /** Rules that let something pass, in the order in which they did; a jump comes behind the rule that it led to. */
    private final List<Rule> accepting = new ArrayList<>();

    /** @param sent holds every packet that will travel, as it was sent; rules about others are left out */
    Passage(Prepared prepared, Box sent, Splitter splitter, Effects effects, Budget budget) {
        this.prepared = prepared;
        this.sent = sent;
        this.splitter = splitter;
        this.effects = effects;
        this.budget = budget;
    }

    /** Of one packet's way: the rules that decided. */
    List<Rule> accepting() {
        return accepting;
    }

    /** Those of the streams that the base chain lets pass. */
    List<Stream> through(BaseChain base, List<Stream> streams) throws TooLarge {
        List<Stream> passed = new ArrayList<>();
        List<Stream> entering = new ArrayList<>();
        for (Stream stream : streams) {
            Split guarded = splitter.split(base.guard(), stream);
            passed.addAll(guarded.rest());
            for (Stream one : guarded.matched()) {
                Split fresh = base.translation() ? beginsFlow(base, one) : Split.matched(one);
                passed.addAll(fresh.rest());
                entering.addAll(fresh.matched());
            }
        }
        if (base.matching() == Matching.LAST) {
            passed.addAll(
                    new LastMatch(splitter, effects, budget, accepting).passed(base, rules(base.chain()), entering));
        } else {
            Outcome outcome = run(base.chain(), Compaction.of(entering, budget));
            passed.addAll(outcome.passed());
            if (base.policy() instanceof Action.Accept) {
                passed.addAll(outcome.undecided());
            }
        }
        return Compaction.of(passed, budget);
    }

    /** Only the first packet of a flow, and only until one chain has translated it (nf_nat_inet_fn). */
    private Split beginsFlow(BaseChain base, Stream stream) throws TooLarge {
        if (prepared.rules().platform() == RuleSet.Platform.PF) {
            return Split.matched(stream);
        }
        boolean source = base.hook() == Hook.INPUT || base.hook() == Hook.POSTROUTING;
        ValueSet untranslated = Field.FLOW_STATUS.only(0).union(Field.FLOW_STATUS.only(source ? 2 : 1));
        return splitter.holds(
                List.of(Field.STATE, Field.DIRECTION, Field.FLOW_STATUS),
                List.of(Field.STATE.only(Field.STATE_NEW), Field.DIRECTION.only(0), untranslated),
                stream);
    }

    /** The rules of a chain that may hold for the packets that travel. */
    List<Rule> rules(String chain) {
        return focused.computeIfAbsent(chain, name -> prepared.chain(name).rulesFor(sent));
    }

    private Outcome run(String chain, List<Stream> streams) throws TooLarge {
        List<Stream> live = streams;
        int compacted = streams.size();
        List<Stream> passed = new ArrayList<>();
        List<Stream> ended = new ArrayList<>();
        for (Rule rule : rules(chain)) {
            if (live.isEmpty()) {
                break;
            }
            // Also for a condition that asks for nothing: chains that jump twice to the next take 2^n of these.
            budget.take(RULE + live.size());
            List<Stream> matched = new ArrayList<>();
            List<Stream> next = new ArrayList<>(live.size());
            for (Stream stream : live) {
                Split split = splitter.split(rule.condition(), stream);
                next.addAll(split.rest());
                for (Stream one : split.matched()) {
                    matched.addAll(effects.of(rule, one));
                }
            }
            if (!matched.isEmpty()) {
                int before = passed.size();
                act(rule.action(), Compaction.of(matched, budget), next, passed, ended);
                if (passed.size() > before) {
                    accepting.add(rule);
                }
            }
            if (matched.isEmpty()) {
                live = next;
            } else {
                live = Compaction.grown(next, compacted, budget);
                if (live.size() < next.size()) {
                    compacted = live.size();
                }
            }
        }
        ended.addAll(live);
        return new Outcome(passed, Compaction.of(ended, budget));
    }

    private void act(Action action, List<Stream> matched, List<Stream> next, List<Stream> passed, List<Stream> ended)
            throws TooLarge {
        switch (action) {
            case Action.Accept _ -> passed.addAll(matched);
            case Action.Drop _ -> {}
            case Action.Continue _ -> next.addAll(matched);
            case Action.Return _ -> ended.addAll(matched);
            case Action.Jump(String chain) -> {
                Outcome outcome = run(chain, matched);
                passed.addAll(outcome.passed());
                next.addAll(outcome.undecided());
            }
            case Action.Goto(String chain) -> {
                Outcome outcome = run(chain, matched);
                passed.addAll(outcome.passed());
                ended.addAll(outcome.undecided());
            }
            case Action.Lookup lookup -> look(lookup, matched, next, passed, ended);
            case Action.Unclear(String what) -> {
                for (Stream stream : matched) {
                    passed.add(stream.assuming(what));
                    next.add(stream.assuming(what));
                }
            }
        }
    }

    private void look(
            Action.Lookup lookup, List<Stream> matched, List<Stream> next, List<Stream> passed, List<Stream> ended)
            throws TooLarge {
        List<Stream> live = matched;
        for (Action.Entry entry : lookup.entries()) {
            budget.take(1);
            List<Stream> found = new ArrayList<>();
            List<Stream> still = new ArrayList<>(live.size());
            for (Stream stream : live) {
                if (Splitter.mayHold(lookup.key(), entry.values(), stream)) {
                    Split split = splitter.holds(lookup.key(), entry.values(), stream);
                    found.addAll(split.matched());
                    still.addAll(split.rest());
                } else {
                    still.add(stream);
                }
            }
            if (!found.isEmpty()) {
                act(entry.action(), found, next, passed, ended);
                live = Compaction.of(still, budget);
            }
        }
        next.addAll(live);
    }
}
