package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** {@code state} and {@code conntrack}: {@code net/netfilter/xt_conntrack.c}. */
final class FlowMatches {

    private static final Map<String, Long> STATES = Map.of(
            "INVALID", Field.STATE_INVALID,
            "NEW", Field.STATE_NEW,
            "ESTABLISHED", Field.STATE_ESTABLISHED,
            "RELATED", Field.STATE_RELATED,
            "UNTRACKED", Field.STATE_UNTRACKED);

    /** Packets that connection tracking has no entry for. */
    static final Condition NO_FLOW = Condition.in(
            Field.STATE,
            ValueSet.ofAll(
                    Field.STATE.bits(),
                    List.of(
                            Range.of(Field.STATE_INVALID, Field.STATE_INVALID),
                            Range.of(Field.STATE_UNTRACKED, Field.STATE_UNTRACKED))));

    static final Condition HAS_FLOW = Condition.not(NO_FLOW);

    /** Bits of {@link Field#FLOW_STATUS}. */
    static final long SOURCE_TRANSLATED = 1;

    static final long DESTINATION_TRANSLATED = 2;

    private FlowMatches() {}

    static Condition state(Extension match, Context context) throws NotUnderstood {
        return Match.all(match, option -> switch (option.name()) {
            case "--state" -> option.turned(states(option.value()));
            default -> throw Match.strange(option);
        });
    }

    /**
     * A packet without a flow is looked at only for its state; all else that the match asks is then not asked, or, where
     * it does not ask for the state, the match does not hold.
     */
    static Condition conntrack(Extension match, Context context) throws NotUnderstood {
        Condition state = Condition.ALWAYS;
        Condition others = Condition.ALWAYS;
        boolean asksState = false;
        for (Option option : match.options()) {
            switch (option.name()) {
                case "--ctstate" -> {
                    state = Condition.all(state, option.turned(states(option.value())));
                    asksState = true;
                }
                default -> others = Condition.all(others, FlowDetails.read(option, context.family()));
            }
        }
        if (others.equals(Condition.ALWAYS)) {
            return asksState ? state : HAS_FLOW;
        }
        return asksState ? Condition.all(state, Condition.any(NO_FLOW, others)) : Condition.all(HAS_FLOW, others);
    }

    private static Condition states(String names) throws NotUnderstood {
        ValueSet states = Field.STATE.none();
        Condition translated = Condition.NEVER;
        for (String name : names.split(",", -1)) {
            Long state = STATES.get(name);
            if (state != null) {
                states = states.union(Field.STATE.only(state));
            } else if (name.equals("SNAT")) {
                translated = Condition.any(translated, status(SOURCE_TRANSLATED));
            } else if (name.equals("DNAT")) {
                translated = Condition.any(translated, status(DESTINATION_TRANSLATED));
            } else {
                throw new NotUnderstood("the state " + name);
            }
        }
        Condition inStates = Condition.in(Field.STATE, states);
        return translated.equals(Condition.NEVER)
                ? inStates
                : Condition.any(inStates, Condition.all(HAS_FLOW, translated));
    }

    /** The bit of the flow's status is set. */
    static Condition status(long bit) {
        return Condition.in(
                Field.FLOW_STATUS,
                ValueSet.ofAll(Field.FLOW_STATUS.bits(), List.of(Range.of(bit, bit), Range.of(3, 3))));
    }
}
