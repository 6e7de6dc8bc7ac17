package org.funkstille.bench.proof;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdd.bdd.BDD;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * Lists of rules with a library of binary decision diagrams, as others do it: a diagram for each rule, and the packets
 * that are left go along the list. It knows base chains that accept and drop, no more; a home's rules are these.
 *
 * <p>Diagrams of conditions are kept for the next question. A diagram that a method returns is the caller's to give
 * back.
 */
final class JddChains {

    private static final int NODES = 100_000;
    private static final int CACHE = 50_000;
    private static final int ADDRESS_BITS_IPV4 = 32;

    private final BDD bdd = new BDD(NODES, CACHE);
    private final RuleSet rules;
    private final Family family;
    private final Map<Field, int[]> variables = new EnumMap<>(Field.class);
    private final IdentityHashMap<Condition, Integer> known = new IdentityHashMap<>();

    JddChains(RuleSet rules, Family family) {
        this.rules = rules;
        this.family = family;
    }

    /** Whether none of the device's packets gets out. */
    boolean silent(Question question) {
        Space space = new Space(question, rules.platform());
        ValueSet local = ValueSet.ofAll(
                Field.DESTINATION_TYPE.bits(), List.of(Range.of(Field.TYPE_LOCAL, Field.TYPE_MULTICAST)));
        int escapes = bdd.getZero();
        int harmless = condition(Space.harmlessAtRouter(), space);
        int forwarded = condition(space.forwarded(), space);
        for (Box sent : space.sent()) {
            Box toRouter = sent.restrict(Field.DESTINATION_TYPE, local);
            if (!toRouter.isEmpty() && question.services()) {
                int passed = without(through(Hook.INPUT, packets(toRouter), space), harmless);
                escapes = both(escapes, passed);
            }
            Box onward = sent.restrict(Field.DESTINATION_TYPE, Field.DESTINATION_TYPE.only(Field.TYPE_UNICAST))
                    .restrict(Field.DESTINATION, space.inside().complement())
                    .with(Field.OUT_INTERFACE, space.outside());
            if (!onward.isEmpty()) {
                int leaving = bdd.andTo(packets(onward), forwarded);
                escapes = both(escapes, through(Hook.POSTROUTING, through(Hook.FORWARD, leaving, space), space));
            }
        }
        bdd.deref(harmless);
        bdd.deref(forwarded);
        boolean none = escapes == bdd.getZero();
        bdd.deref(escapes);
        return none;
    }

    private int through(Hook hook, int packets, Space space) {
        int left = packets;
        for (BaseChain base : rules.at(hook)) {
            int guard = kept(base.guard(), space);
            int around = without(bdd.ref(left), guard);
            left = both(around, along(base, bdd.andTo(left, guard), space));
        }
        return left;
    }

    /** What the first rule that holds accepts, or the policy. */
    private int along(BaseChain base, int packets, Space space) {
        int accepted = bdd.getZero();
        int left = packets;
        for (Rule rule : rules.chain(base.chain()).rules()) {
            int condition = kept(rule.condition(), space);
            switch (rule.action()) {
                case Action.Accept() -> {
                    accepted = both(accepted, bdd.ref(bdd.and(left, condition)));
                    left = without(left, condition);
                }
                case Action.Drop _ -> left = without(left, condition);
                case Action.Continue() -> {}
                default -> throw new IllegalArgumentException("not of a home: " + rule.action());
            }
        }
        if (base.policy().equals(Action.ACCEPT)) {
            return both(accepted, left);
        }
        bdd.deref(left);
        return accepted;
    }

    private int kept(Condition condition, Space space) {
        Integer diagram = known.get(condition);
        if (diagram == null) {
            diagram = condition(condition, space);
            known.put(condition, diagram);
        }
        return diagram;
    }

    private int condition(Condition condition, Space space) {
        return switch (condition) {
            case Condition.In(Field field, ValueSet set) -> in(field, set);
            case Condition.InterfaceIs(Field field, String name, boolean prefix) ->
                in(field, space.interfaces().matching(name, prefix));
            case Condition.All(List<Condition> parts) -> {
                int all = bdd.getOne();
                for (Condition part : parts) {
                    int one = condition(part, space);
                    all = bdd.andTo(all, one);
                    bdd.deref(one);
                }
                yield all;
            }
            case Condition.Any(List<Condition> parts) -> {
                int any = bdd.getZero();
                for (Condition part : parts) {
                    any = both(any, condition(part, space));
                }
                yield any;
            }
            case Condition.Not(Condition inner) -> {
                int one = condition(inner, space);
                int not = bdd.ref(bdd.not(one));
                bdd.deref(one);
                yield not;
            }
            default -> throw new IllegalArgumentException("not of a home: " + condition);
        };
    }

    private int packets(Box box) {
        int all = bdd.getOne();
        for (Field field : Field.values()) {
            if (!box.get(field).isAll()) {
                int one = in(field, box.get(field));
                all = bdd.andTo(all, one);
                bdd.deref(one);
            }
        }
        return all;
    }

    private int in(Field field, ValueSet set) {
        int[] bits = variables.computeIfAbsent(field, this::created);
        ValueSet fitting = bits.length == field.bits()
                ? set
                : set.intersect(ValueSet.of(field.bits(), new Range(Value.ZERO, Value.largest(bits.length))));
        return in(bits, fitting.ranges());
    }

    private int[] created(Field field) {
        boolean address = field == Field.SOURCE || field == Field.DESTINATION;
        int[] bits = new int[address && family == Family.IPV4 ? ADDRESS_BITS_IPV4 : field.bits()];
        for (int index = 0; index < bits.length; index++) {
            bits[index] = bdd.createVar();
        }
        return bits;
    }

    /** Halves are put together, so that a long list does not go along its own beginning again and again. */
    private int in(int[] bits, List<Range> ranges) {
        if (ranges.isEmpty()) {
            return bdd.getZero();
        }
        if (ranges.size() == 1) {
            Range range = ranges.getFirst();
            int from = bound(bits, range.first(), false);
            int to = bound(bits, range.last(), true);
            int both = bdd.andTo(from, to);
            bdd.deref(to);
            return both;
        }
        int middle = ranges.size() / 2;
        return both(in(bits, ranges.subList(0, middle)), in(bits, ranges.subList(middle, ranges.size())));
    }

    /** The numbers from a bound on, or up to it. The first variable is the highest bit. */
    private int bound(int[] bits, Value value, boolean upTo) {
        int result = bdd.getOne();
        for (int index = 0; index < bits.length; index++) {
            int bit = bits[bits.length - 1 - index];
            boolean set = ((index < Long.SIZE ? value.low() >>> index : value.high() >>> (index - Long.SIZE)) & 1) == 1;
            int literal = upTo ? bdd.ref(bdd.not(bit)) : bdd.ref(bit);
            result = set == upTo ? bdd.orTo(result, literal) : bdd.andTo(result, literal);
            bdd.deref(literal);
        }
        return result;
    }

    /** The union; both are given back. */
    private int both(int one, int other) {
        int result = bdd.orTo(one, other);
        bdd.deref(other);
        return result;
    }

    /** What of the packets, which are given back, does not meet the condition. */
    private int without(int packets, int condition) {
        int not = bdd.ref(bdd.not(condition));
        int rest = bdd.andTo(packets, not);
        bdd.deref(not);
        return rest;
    }
}
