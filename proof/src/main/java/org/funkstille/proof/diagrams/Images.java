package org.funkstille.proof.diagrams;

import java.util.Arrays;
import java.util.List;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** What becomes of packets by effects, read forwards: which packets there can be behind them. */
final class Images {

    /** In both of its numbers. */
    private static final ValueSet UNTRACKED =
            ValueSet.of(Field.STATE.bits(), Range.of(Field.STATE_UNTRACKED, States.NOT_TO_BE_TRACKED));

    private final Diagrams diagrams;
    private final FieldDiagrams fields;
    private final Interfaces interfaces;

    Images(Diagrams diagrams, FieldDiagrams fields, Interfaces interfaces) {
        this.diagrams = diagrams;
        this.fields = fields;
        this.interfaces = interfaces;
    }

    /** @param anything what there can be behind an effect that is not understood */
    int after(List<Effect> effects, int before, int anything) throws TooLarge {
        int result = before;
        for (Effect effect : effects) {
            if (result == Diagrams.FALSE) {
                return Diagrams.FALSE;
            }
            result = after(effect, result, anything);
        }
        return result;
    }

    private int after(Effect effect, int before, int anything) throws TooLarge {
        return switch (effect) {
            case Effect.Assign assign ->
                diagrams.and(forget(before, assign.field(), -1L), fields.in(assign.field(), assign.to()));
            case Effect.RouteTo(String name) ->
                diagrams.and(
                        forget(before, Field.OUT_INTERFACE, -1L),
                        fields.in(Field.OUT_INTERFACE, Universe.number(interfaces, name)));
            case Effect.SetMark(Field field, long keep, long flip) ->
                ofFlow(field, before, mark(before, field, keep, flip));
            case Effect.CopyMark copy -> ofFlow(copy.to(), before, copy(before, copy));
            case Effect.NoTrack _ ->
                diagrams.or(before, diagrams.and(forget(before, Field.STATE, -1L), fields.in(Field.STATE, UNTRACKED)));
            case Effect.Unclear _ -> anything;
        };
    }

    /** Packets without a flow keep its mark as it is: both are taken as possible. */
    private int ofFlow(Field field, int before, int marked) throws TooLarge {
        return field == Field.FLOW_MARK ? diagrams.or(before, marked) : marked;
    }

    private int mark(int before, Field field, long keep, long flip) throws TooLarge {
        Substitution flipped = diagrams.substitution();
        int written = Diagrams.TRUE;
        for (int place = 0; place < field.bits(); place++) {
            int variable = Layout.variable(field, field.bits() - 1 - place);
            int bit = diagrams.variable(variable);
            boolean one = bit(flip, place);
            if (!bit(keep, place)) {
                written = diagrams.and(written, one ? bit : diagrams.not(bit));
            } else if (one) {
                flipped.put(variable, diagrams.not(bit));
            }
        }
        return diagrams.and(forget(diagrams.substitute(before, flipped), field, ~keep), written);
    }

    private int copy(int before, Effect.CopyMark copy) throws TooLarge {
        if (copy.from() == copy.to()) {
            return forget(before, copy.to(), -1L);
        }
        Substitution flipped = diagrams.substitution();
        int written = Diagrams.TRUE;
        for (int place = 0; place < copy.to().bits(); place++) {
            int variable = Layout.variable(copy.to(), copy.to().bits() - 1 - place);
            int bit = diagrams.variable(variable);
            int taken = bit(copy.fromMask(), place) && place < copy.from().bits()
                    ? diagrams.variable(Layout.variable(copy.from(), copy.from().bits() - 1 - place))
                    : Diagrams.FALSE;
            if (bit(copy.toMask(), place)) {
                written = diagrams.and(written, diagrams.ite(taken, bit, diagrams.not(bit)));
            } else {
                // Its own inverse.
                flipped.put(variable, diagrams.ite(taken, diagrams.not(bit), bit));
            }
        }
        return diagrams.and(forget(diagrams.substitute(before, flipped), copy.to(), copy.toMask()), written);
    }

    /** The bits of the mask, or of a field wider than a mask all, can be anything. */
    private int forget(int before, Field field, long mask) throws TooLarge {
        int[] members = new int[field.bits()];
        int length = 0;
        for (int place = 0; place < members.length; place++) {
            if (place >= 64 || bit(mask, place)) {
                members[length++] = Layout.variable(field, field.bits() - 1 - place);
            }
        }
        return diagrams.exists(before, diagrams.variables(Arrays.copyOf(members, length)));
    }

    private static boolean bit(long mask, int place) {
        return place < 64 && ((mask >>> place) & 1) != 0;
    }
}
