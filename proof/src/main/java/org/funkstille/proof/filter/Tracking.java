package org.funkstille.proof.filter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.funkstille.proof.sets.ValueSet;

/**
 * Linux tracks the connections of a family only where some rule of it asks for what is known of a flow, or changes
 * addresses (nf_ct_netns_get). Without that no packet comes to a translation chain (nf_nat_inet_fn). What is not
 * understood is taken as no need; then a packet passes by what might stop it.
 */
final class Tracking {

    private static final Set<Field> KNOWN_BY_IT =
            EnumSet.of(Field.STATE, Field.DIRECTION, Field.FLOW_STATUS, Field.FLOW_MARK);

    private static final Set<Field> CHANGED_BY_IT =
            EnumSet.of(Field.SOURCE, Field.DESTINATION, Field.FLOW_STATUS, Field.FLOW_MARK);

    private Tracking() {}

    /** The families whose connections are tracked for sure. */
    static ValueSet families(List<BaseChain> bases, Map<String, Chain> chains) {
        ValueSet tracked = Field.FAMILY.none();
        for (BaseChain base : bases) {
            if (!tracked.containsAll(families(base.guard()))) {
                tracked = tracked.union(need(base, chains).intersect(families(base.guard())));
            }
        }
        for (Chain chain : chains.values()) {
            ValueSet table = familiesOfTable(chain.name());
            if (!tracked.containsAll(table)) {
                for (Rule rule : chain.rules()) {
                    tracked = tracked.union(need(rule).intersect(table));
                }
            }
        }
        return tracked;
    }

    /**
     * A rule of nftables makes the kernel track as soon as it is there, also in a chain that nothing leads to
     * (nft_ct_get_init; seen with kernel 6.18). Its chain's name begins with the table's family; other names tell none.
     */
    private static ValueSet familiesOfTable(String chain) {
        return chain.startsWith("inet ")
                ? Field.FAMILY.all()
                : chain.startsWith("ip ")
                        ? Field.FAMILY.only(Field.IPV4)
                        : chain.startsWith("ip6 ") ? Field.FAMILY.only(Field.IPV6) : Field.FAMILY.none();
    }

    /** The same base chains; those of translation only for packets of families whose connections are tracked. */
    static List<BaseChain> guarded(List<BaseChain> bases, ValueSet tracked) {
        Condition guard = Condition.in(Field.FAMILY, tracked);
        return guard.equals(Condition.ALWAYS)
                ? bases
                : bases.stream()
                        .map(base -> base.translation() ? base.guardedBy(guard) : base)
                        .toList();
    }

    /** The families that a guard lets in, as far as it says so. */
    static ValueSet families(Condition guard) {
        return switch (guard) {
            case Condition.In(Field field, ValueSet set) when field == Field.FAMILY -> set;
            case Condition.All(List<Condition> parts) ->
                parts.stream().map(Tracking::families).reduce(Field.FAMILY.all(), ValueSet::intersect);
            default -> Field.FAMILY.all();
        };
    }

    private static ValueSet need(BaseChain base, Map<String, Chain> chains) {
        ValueSet need = Field.FAMILY.none();
        Deque<String> left = new ArrayDeque<>(List.of(base.chain()));
        Set<String> seen = new HashSet<>(left);
        while (!left.isEmpty()) {
            Chain chain = chains.get(left.pop());
            for (Rule rule : chain == null ? List.<Rule>of() : chain.rules()) {
                need = need.union(need(rule));
                targets(rule.action()).filter(seen::add).forEach(left::push);
            }
        }
        return need;
    }

    private static Stream<String> targets(Action action) {
        return switch (action) {
            case Action.Jump(String chain) -> Stream.of(chain);
            case Action.Goto(String chain) -> Stream.of(chain);
            case Action.Lookup lookup -> lookup.entries().stream().flatMap(entry -> targets(entry.action()));
            default -> Stream.empty();
        };
    }

    /** A question needs it for all families of the table, a new address for its own (nft_nat_init). */
    private static ValueSet need(Rule rule) {
        if (asks(rule.condition()) || (rule.action() instanceof Action.Lookup lookup && asks(lookup.key()))) {
            return Field.FAMILY.all();
        }
        if (rule.effects().stream().anyMatch(Tracking::marksFlow)) {
            return Field.FAMILY.all();
        }
        return rule.effects().stream().anyMatch(Tracking::needsIt) ? families(rule.condition()) : Field.FAMILY.none();
    }

    /** For all families of the table (nft_ct_set_init). */
    private static boolean marksFlow(Effect effect) {
        return !(effect instanceof Effect.Assign) && needsIt(effect);
    }

    private static boolean needsIt(Effect effect) {
        return switch (effect) {
            case Effect.Assign assign -> CHANGED_BY_IT.contains(assign.field());
            case Effect.SetMark set -> set.field() == Field.FLOW_MARK;
            case Effect.CopyMark copy -> copy.from() == Field.FLOW_MARK || copy.to() == Field.FLOW_MARK;
            case Effect.RouteTo _, Effect.NoTrack _, Effect.Unclear _ -> false;
        };
    }

    private static boolean asks(Condition condition) {
        return switch (condition) {
            case Condition.In in -> KNOWN_BY_IT.contains(in.field());
            case Condition.Row row -> asks(row.fields());
            case Condition.Not(Condition inner) -> asks(inner);
            case Condition.All(List<Condition> parts) -> parts.stream().anyMatch(Tracking::asks);
            case Condition.Any(List<Condition> parts) -> parts.stream().anyMatch(Tracking::asks);
            case Condition.InterfaceIs _, Condition.At _, Condition.Choice _, Condition.Unknown _ -> false;
        };
    }

    private static boolean asks(List<Field> fields) {
        return fields.stream().anyMatch(KNOWN_BY_IT::contains);
    }
}
