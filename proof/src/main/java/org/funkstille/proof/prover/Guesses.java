package org.funkstille.proof.prover;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.ValueSet;
import org.funkstille.proof.simulate.Course;
import org.funkstille.proof.simulate.Simulator;
import org.funkstille.proof.simulate.Verdict;

/**
 * Tries likely packets before all packets are looked at: any, and for each rule that accepts something one that it
 * would. What gets out that way gets out; what does not proves nothing.
 */
final class Guesses {

    /** Packets that are tried for one question. */
    private static final int TRIED = 160;

    /** However large the rule set is. */
    private static final int FEW = 40;

    /** Rules that the packets of one question meet, at first. */
    private static final int RULES_MET = 400_000;

    /** Rules that are looked at for what they accept. */
    private static final int HINTS = 20_000;

    private static final int LOOKED = 100_000;

    /** A new TCP flow that leaves the house: no need to look for a likelier one. */
    private static final int BEST = 0;

    /** By these most rules are seen to be about others. */
    private static final List<Field> FOUND_BY = List.of(Field.FAMILY, Field.ETHER_SOURCE, Field.SOURCE, Field.PROTOCOL);

    private static final Set<Field> SENDERS = EnumSet.of(
            Field.SOURCE,
            Field.DESTINATION,
            Field.PROTOCOL,
            Field.SOURCE_PORT,
            Field.DESTINATION_PORT,
            Field.ICMP_TYPE,
            Field.ICMP_CODE,
            Field.TCP_FLAGS,
            Field.LATER_FRAGMENT,
            Field.LENGTH,
            Field.HOP_LIMIT,
            Field.DSCP,
            Field.ETHER_SOURCE,
            Field.FAMILY);

    private final RuleSet rules;

    /** Rules looked at so far; jumps can make them very many. */
    private int looked;

    private final List<Box> hints;

    Guesses(RuleSet rules) {
        this.rules = rules;
        Set<Box> found = new LinkedHashSet<>();
        for (BaseChain base : rules.bases()) {
            collect(rules.chain(base.chain()), Box.all(), found, new LinkedHashSet<>());
        }
        this.hints = List.copyOf(found);
    }

    private void collect(Chain chain, Box so, Set<Box> found, Set<String> above) {
        if (!above.add(chain.name())) {
            return;
        }
        for (Rule rule : chain.rules()) {
            looked++;
            if (looked > LOOKED || found.size() >= HINTS) {
                break;
            }
            Box here = narrowed(so, rule.condition());
            if (!here.isEmpty()) {
                switch (rule.action()) {
                    case Action.Accept _ -> found.add(here);
                    case Action.Jump(String target) -> collect(rules.chain(target), here, found, above);
                    case Action.Goto(String target) -> collect(rules.chain(target), here, found, above);
                    case Action.Drop _, Action.Return _, Action.Continue _, Action.Lookup _, Action.Unclear _ -> {}
                }
            }
        }
        above.remove(chain.name());
    }

    private static Box narrowed(Box box, Condition condition) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> SENDERS.contains(field) ? box.restrict(field, set) : box;
            case Condition.All(List<Condition> parts) -> {
                Box result = box;
                for (Condition part : parts) {
                    result = narrowed(result, part);
                }
                yield result;
            }
            default -> box;
        };
    }

    private record Candidate(Course course, int rank) {}

    /** A packet's course that surely gets out and is not allowed to: the likeliest of those tried. */
    Optional<Course> leak(Search.Task task) {
        return leak(task, Math.clamp(RULES_MET / (rules.size() + 1), FEW, TRIED));
    }

    /** The same with as many packets as are ever tried: where looking at all packets takes too long. */
    Optional<Course> anyLeak(Search.Task task) {
        return leak(task, TRIED);
    }

    private Optional<Course> leak(Search.Task task, int tried) {
        Simulator simulator = new Simulator(rules, task.question());
        Optional<Candidate> best = Optional.empty();
        for (Packet packet : packets(task, tried)) {
            int rank = task.packets().rank(packet);
            if (best.isPresent() && best.get().rank() <= rank) {
                continue;
            }
            Verdict verdict = simulator.verdict(packet);
            if (!verdict.complete()) {
                break;
            }
            if (verdict.escape() == Verdict.Escape.SURELY && verdict.example().isPresent()) {
                if (rank == BEST) {
                    return verdict.example();
                }
                best = Optional.of(new Candidate(verdict.example().get(), rank));
            }
        }
        return best.map(Candidate::course);
    }

    private Set<Packet> packets(Search.Task task, int tried) {
        List<Box> sent = new Space(task.question(), rules.platform())
                .sent().stream()
                        .filter(box -> !box.get(Field.STATE).contains(Field.STATE_INVALID))
                        .toList();
        Set<Packet> packets = new LinkedHashSet<>();
        sent.forEach(box -> add(box, task, packets));
        for (Box hint : hints) {
            if (packets.size() >= tried) {
                break;
            }
            for (Box box : sent) {
                if (FOUND_BY.stream().allMatch(field -> box.get(field).overlaps(hint.get(field)))) {
                    Box both = box.intersect(hint);
                    if (!both.isEmpty()) {
                        add(both, task, packets);
                    }
                }
            }
        }
        return packets;
    }

    private static void add(Box box, Search.Task task, Set<Packet> packets) {
        Packet packet = task.packets().of(box);
        if (!task.allowed().contains(packet)) {
            packets.add(packet);
        }
    }
}
