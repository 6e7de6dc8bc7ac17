package org.funkstille.proof.diagrams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** What effects do to packets, read backwards: which packets become, by an effect, one of a given set. */
final class Changes {

    private final Diagrams diagrams;
    private final FieldDiagrams fields;
    private final Interfaces interfaces;
    private final Map<Effect, Substitution> known = new HashMap<>();
    private final Map<Field, VariableSet> variables = new HashMap<>();

    Changes(Diagrams diagrams, FieldDiagrams fields, Interfaces interfaces) {
        this.diagrams = diagrams;
        this.fields = fields;
        this.interfaces = interfaces;
    }

    /**
     * @param after what escapes once all effects have happened
     * @param tracked false before connection tracking
     * @param rule the rule's own words, to name what is not known
     */
    int before(List<Effect> effects, int after, boolean tracked, String rule, Outlook outlook) throws TooLarge {
        int result = after;
        for (Effect effect : effects.reversed()) {
            result = before(effect, result, tracked, rule, outlook);
        }
        return result;
    }

    private int before(Effect effect, int after, boolean tracked, String rule, Outlook outlook) throws TooLarge {
        return switch (effect) {
            case Effect.Assign(Field field, ValueSet to) ->
                to.only().isPresent()
                        ? diagrams.substitute(after, substitution(effect))
                        : oneOf(field, to, after, rule, outlook);
            case Effect.SetMark mark -> marked(mark.field(), effect, after, tracked);
            case Effect.CopyMark copy -> marked(copy.to(), effect, after, tracked);
            case Effect.RouteTo _ -> diagrams.substitute(after, substitution(effect));
            case Effect.NoTrack _ -> untracked(effect, after, tracked);
            case Effect.Unclear(String what) -> outlook.byNature(what, Diagrams.TRUE, Diagrams.FALSE);
        };
    }

    /** What has no flow has no flow's mark: it stays as it is. */
    private int marked(Field field, Effect effect, int after, boolean tracked) throws TooLarge {
        int marked = diagrams.substitute(after, substitution(effect));
        return field == Field.FLOW_MARK
                ? diagrams.ite(fields.in(Field.STATE, States.withoutFlow(tracked)), after, marked)
                : marked;
    }

    /** A flow that is tracked already stays so (nft_notrack_eval). */
    private int untracked(Effect effect, int after, boolean tracked) throws TooLarge {
        int hidden = diagrams.substitute(after, substitution(effect));
        return tracked ? diagrams.ite(fields.in(Field.STATE, Field.STATE_INVALID), hidden, after) : hidden;
    }

    /** Nature picks one of the numbers. Of none to pick from nothing follows: then anything may be. */
    private int oneOf(Field field, ValueSet to, int after, String rule, Outlook outlook) throws TooLarge {
        if (to.isEmpty()) {
            return outlook.byNature(rule, Diagrams.TRUE, Diagrams.FALSE);
        }
        VariableSet bits = variables(field);
        int picked = fields.in(field, to);
        int best = diagrams.exists(diagrams.and(picked, after), bits);
        int worst = diagrams.forAll(diagrams.or(diagrams.not(picked), after), bits);
        return outlook.byNature(rule, best, worst);
    }

    VariableSet variables(Field field) {
        return variables.computeIfAbsent(field, one -> diagrams.variables(Layout.variables(one)));
    }

    /** Of an effect that makes exactly one packet of a packet. */
    private Substitution substitution(Effect effect) throws TooLarge {
        Substitution before = known.get(effect);
        if (before == null) {
            before = make(effect);
            known.put(effect, before);
        }
        return before;
    }

    private Substitution make(Effect effect) throws TooLarge {
        return switch (effect) {
            case Effect.Assign(Field field, ValueSet to) ->
                constant(field, to.first().orElse(Value.ZERO));
            case Effect.RouteTo(String name) ->
                constant(Field.OUT_INTERFACE, Value.of(Universe.number(interfaces, name)));
            case Effect.NoTrack _ -> constant(Field.STATE, Value.of(States.NOT_TO_BE_TRACKED));
            case Effect.SetMark(Field field, long keep, long flip) -> mark(field, keep, flip);
            case Effect.CopyMark copy -> copy(copy);
            case Effect.Unclear _ -> diagrams.substitution();
        };
    }

    /** The field becomes this number. */
    Substitution constant(Field field, Value value) {
        Substitution result = diagrams.substitution();
        for (int place = 0; place < field.bits(); place++) {
            result.put(variable(field, place), Bits.get(value, place) ? Diagrams.TRUE : Diagrams.FALSE);
        }
        return result;
    }

    /** The number, which is not 0, becomes one less: a bit changes where all below it are 0. */
    Substitution lowered(Field field) throws TooLarge {
        Substitution result = diagrams.substitution();
        int zeroBelow = Diagrams.TRUE;
        for (int place = 0; place < field.bits(); place++) {
            int bit = diagrams.variable(variable(field, place));
            int flipped = diagrams.not(bit);
            result.put(variable(field, place), diagrams.ite(zeroBelow, flipped, bit));
            zeroBelow = diagrams.and(zeroBelow, flipped);
        }
        return result;
    }

    private Substitution mark(Field field, long keep, long flip) throws TooLarge {
        Substitution result = diagrams.substitution();
        for (int place = 0; place < field.bits(); place++) {
            int kept = bit(keep, place) ? diagrams.variable(variable(field, place)) : Diagrams.FALSE;
            int now = bit(flip, place) ? diagrams.not(kept) : kept;
            result.put(variable(field, place), now);
        }
        return result;
    }

    private Substitution copy(Effect.CopyMark copy) throws TooLarge {
        Substitution result = diagrams.substitution();
        for (int place = 0; place < copy.to().bits(); place++) {
            int variable = variable(copy.to(), place);
            int kept = bit(copy.toMask(), place) ? Diagrams.FALSE : diagrams.variable(variable);
            int taken = bit(copy.fromMask(), place) && place < copy.from().bits()
                    ? diagrams.variable(variable(copy.from(), place))
                    : Diagrams.FALSE;
            result.put(variable, diagrams.ite(kept, diagrams.not(taken), taken));
        }
        return result;
    }

    /** Masks have 64 bits; beyond them nothing is set. */
    private static boolean bit(long mask, int place) {
        return place < 64 && ((mask >>> place) & 1) != 0;
    }

    /** @param place 0 for the lowest bit */
    private static int variable(Field field, int place) {
        return Layout.variable(field, field.bits() - 1 - place);
    }
}
