package org.funkstille.proof.smt;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** What rules do to the packet. */
final class EffectText {

    /** States of packets of which connection tracking keeps no flow. */
    private static final ValueSet NO_FLOW =
            Field.STATE.only(Field.STATE_INVALID).union(Field.STATE.only(Field.STATE_UNTRACKED));

    private final Fields fields;
    private final ConditionText conditions;
    private final Interfaces interfaces;
    private final List<String> untracked = new ArrayList<>();
    private final List<String> escaped = new ArrayList<>();

    EffectText(Fields fields, ConditionText conditions, Interfaces interfaces) {
        this.fields = fields;
        this.conditions = conditions;
        this.interfaces = interfaces;
    }

    /** Where connection tracking is told not to look at the packet, so far. */
    String untracked() {
        return Terms.or(untracked);
    }

    /** Where the packet got out by something that is not understood, so far. */
    List<String> escaped() {
        return escaped;
    }

    /**
     * @param hit where the rule is met and matches
     * @return where it then goes on to the rule's action
     */
    String apply(List<Effect> effects, String hit) throws TooLarge {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Unclear(String what) -> {
                    escaped.add(Terms.and(hit, conditions.free("unknown", "gets out by " + what)));
                    return Terms.FALSE;
                }
                case Effect.NoTrack() -> {
                    untracked.add(hit);
                    // A flow that is tracked already stays so (nft_notrack_eval).
                    fields.change(
                            Field.STATE,
                            Terms.and(hit, conditions.is(Field.STATE, Field.STATE_INVALID)),
                            Terms.number(Field.STATE, Field.STATE_UNTRACKED));
                }
                default -> fields.change(changed(effect), Terms.and(hit, mayChange(effect)), number(effect));
            }
        }
        return hit;
    }

    /** What has no flow has no flow's mark to change (nft_ct_set_eval). */
    private String mayChange(Effect effect) throws TooLarge {
        boolean marksFlow = (effect instanceof Effect.SetMark || effect instanceof Effect.CopyMark)
                && changed(effect) == Field.FLOW_MARK;
        return marksFlow ? Terms.not(conditions.in(Field.STATE, NO_FLOW)) : Terms.TRUE;
    }

    /** The field that the effect changes: only of those that change one. */
    static Field changed(Effect effect) {
        return switch (effect) {
            case Effect.Assign assign -> assign.field();
            case Effect.SetMark mark -> mark.field();
            case Effect.CopyMark copy -> copy.to();
            case Effect.RouteTo _ -> Field.OUT_INTERFACE;
            case Effect.NoTrack _, Effect.Unclear _ ->
                throw new IllegalArgumentException("changes no field: " + effect);
        };
    }

    /** What it becomes. */
    String number(Effect effect) throws TooLarge {
        return switch (effect) {
            case Effect.Assign(Field field, ValueSet to) -> oneOf(field, to);
            case Effect.SetMark(Field field, long keep, long flip) ->
                "(bvxor " + masked(field, fields.get(field), keep) + " " + Terms.number(field, flip) + ")";
            case Effect.CopyMark(Field from, long fromMask, Field to, long toMask) ->
                "(bvxor " + masked(to, fields.get(to), ~toMask) + " " + masked(from, fields.get(from), fromMask) + ")";
            case Effect.RouteTo(String name) -> {
                ValueSet known = interfaces.matching(name, false);
                yield oneOf(
                        Field.OUT_INTERFACE, known.isEmpty() ? Field.OUT_INTERFACE.only(interfaces.other()) : known);
            }
            case Effect.NoTrack _, Effect.Unclear _ ->
                throw new IllegalArgumentException("changes no field: " + effect);
        };
    }

    private String oneOf(Field field, ValueSet set) throws TooLarge {
        Value only = set.only().orElse(null);
        if (only != null) {
            return Terms.number(field, only);
        }
        return conditions.oneOf(field, set.isEmpty() ? field.all() : set);
    }

    private static String masked(Field field, String term, long mask) {
        return "(bvand " + term + " " + Terms.number(field, mask) + ")";
    }
}
