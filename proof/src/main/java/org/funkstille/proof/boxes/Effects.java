package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Does to streams what rules do to packets. */
final class Effects {

    /** Marks that a stream may have at once before they are taken one by one. */
    private static final int MARKS = 64;

    /** States of packets of which connection tracking keeps no flow. */
    private static final ValueSet NO_FLOW =
            Field.STATE.only(Field.STATE_INVALID).union(Field.STATE.only(Field.STATE_UNTRACKED));

    private final Interfaces interfaces;

    /** Called for packets of which a rule makes nobody knows what. */
    private final Consumer<Stream> lost;

    Effects(Interfaces interfaces, Consumer<Stream> lost) {
        this.interfaces = interfaces;
        this.lost = lost;
    }

    /** All effects of the rule. */
    List<Stream> of(Rule rule, Stream stream) throws TooLarge {
        return apply(rule.effects(), stream);
    }

    /** In a list of which the last rule decides: the effects that happen also where a later rule does. */
    List<Stream> atMatch(Rule rule, Stream stream) throws TooLarge {
        return apply(rule.effects().stream().filter(effect -> !isLate(effect)).toList(), stream);
    }

    /** The effects of the deciding rule alone: where to, and addresses (pf.conf(5), translation). */
    static List<Effect> late(Rule rule) {
        return rule.effects().stream().filter(Effects::isLate).toList();
    }

    private static boolean isLate(Effect effect) {
        return effect instanceof Effect.RouteTo || (effect instanceof Effect.Assign assign && assign.translates());
    }

    Stream routed(Effect.RouteTo route, Stream stream) {
        ValueSet target = interfaces.matching(route.interfaceName(), false);
        return stream.assign(
                Field.OUT_INTERFACE, target.isEmpty() ? Field.OUT_INTERFACE.only(interfaces.other()) : target);
    }

    List<Stream> apply(List<Effect> effects, Stream stream) throws TooLarge {
        List<Stream> streams = List.of(stream);
        for (Effect effect : effects) {
            List<Stream> changed = new ArrayList<>();
            for (Stream one : streams) {
                changed.addAll(apply(effect, one));
            }
            streams = changed;
        }
        return streams;
    }

    private List<Stream> apply(Effect effect, Stream stream) throws TooLarge {
        return switch (effect) {
            case Effect.Assign(Field field, ValueSet to) -> List.of(stream.assign(field, to));
            case Effect.SetMark(Field field, long keep, long flip) ->
                ofFlow(field, stream, one -> marked(one, field, field, old -> (old & keep) ^ flip));
            case Effect.CopyMark copy -> ofFlow(copy.to(), stream, one -> copied(one, copy));
            case Effect.RouteTo route -> List.of(routed(route, stream));
            case Effect.NoTrack _ -> untracked(stream);
            case Effect.Unclear(String what) -> {
                lost.accept(stream.assuming(what));
                yield List.of();
            }
        };
    }

    private interface Change {
        long of(long old);
    }

    private interface Marking {
        List<Stream> of(Stream stream) throws TooLarge;
    }

    /** What has no flow has no flow's mark: it stays as it is (nft_ct_set_eval). */
    private static List<Stream> ofFlow(Field marked, Stream stream, Marking marking) throws TooLarge {
        if (marked != Field.FLOW_MARK) {
            return marking.of(stream);
        }
        List<Stream> result = new ArrayList<>();
        ValueSet states = stream.now().get(Field.STATE);
        ValueSet without = states.intersect(NO_FLOW);
        if (!without.isEmpty()) {
            result.add(stream.with(stream.now().with(Field.STATE, without)));
        }
        ValueSet flow = states.minus(NO_FLOW);
        if (!flow.isEmpty()) {
            result.addAll(marking.of(stream.with(stream.now().with(Field.STATE, flow))));
        }
        return result;
    }

    /** What has no flow is known to be untracked at once; a flow that is tracked already stays so (nft_notrack_eval). */
    private static List<Stream> untracked(Stream stream) {
        Stream hidden = stream.untracked();
        ValueSet invalid = Field.STATE.only(Field.STATE_INVALID);
        ValueSet states = stream.now().get(Field.STATE);
        if (!states.overlaps(invalid)) {
            return List.of(hidden);
        }
        Stream known = hidden.with(stream.now().with(Field.STATE, invalid))
                .assign(Field.STATE, Field.STATE.only(Field.STATE_UNTRACKED));
        ValueSet others = states.minus(invalid);
        return others.isEmpty()
                ? List.of(known)
                : List.of(known, hidden.with(stream.now().with(Field.STATE, others)));
    }

    private static List<Stream> copied(Stream stream, Effect.CopyMark copy) throws TooLarge {
        List<Stream> result = new ArrayList<>();
        for (long to : numbers(stream.now().get(copy.to()))) {
            Stream one = stream.with(stream.now().with(copy.to(), to));
            result.addAll(
                    marked(one, copy.from(), copy.to(), from -> (to & ~copy.toMask()) ^ (from & copy.fromMask())));
        }
        return result;
    }

    /** For each number that the one field may have, the other becomes what the change makes of it. */
    private static List<Stream> marked(Stream stream, Field from, Field to, Change change) throws TooLarge {
        List<Stream> result = new ArrayList<>();
        for (long number : numbers(stream.now().get(from))) {
            Stream one = stream.with(stream.now().with(from, number));
            long mark = change.of(number) & 0xffffffffL;
            Stream assigned = one.assign(to, to.only(mark));
            result.add(assigned);
        }
        return result;
    }

    private static List<Long> numbers(ValueSet set) throws TooLarge {
        List<Long> numbers = new ArrayList<>();
        for (Range range : set.ranges()) {
            for (Value value = range.first(); value.compareTo(range.last()) <= 0; value = value.next()) {
                if (numbers.size() >= MARKS) {
                    throw new TooLarge("a mark is computed from one that is not known");
                }
                numbers.add(value.low());
            }
        }
        return numbers;
    }
}
