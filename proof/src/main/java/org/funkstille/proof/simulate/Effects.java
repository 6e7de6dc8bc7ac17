package org.funkstille.proof.simulate;

import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** What rules do to the packet. */
final class Effects {

    private final Traveller packet;
    private final Interfaces interfaces;
    private boolean untracked;

    Effects(Traveller packet, Interfaces interfaces) {
        this.packet = packet;
        this.interfaces = interfaces;
    }

    /** True where some rule has said so far that connection tracking is not to look at the packet. */
    boolean untracked() {
        return untracked;
    }

    void apply(Effect effect) {
        switch (effect) {
            case Effect.Assign(Field field, ValueSet to) -> packet.set(field, to.isEmpty() ? field.all() : to);
            case Effect.SetMark(Field field, long keep, long flip) ->
                setMark(field, (number(field, keep) & keep) ^ flip);
            case Effect.CopyMark(Field from, long fromMask, Field to, long toMask) ->
                setMark(to, (number(to, ~toMask) & ~toMask) ^ (number(from, fromMask) & fromMask));
            case Effect.RouteTo(String name) -> packet.set(Field.OUT_INTERFACE, numbers(name));
            case Effect.NoTrack() -> leaveUntracked();
            case Effect.Unclear _ -> throw new IllegalArgumentException("ends what is known: " + effect);
        }
    }

    /** Known at once, also before tracking would come; a flow that is tracked already stays so (nft_notrack_eval). */
    private void leaveUntracked() {
        untracked = true;
        if (packet.get(Field.STATE).equals(Field.STATE.only(Field.STATE_INVALID))) {
            packet.set(Field.STATE, Field.STATE.only(Field.STATE_UNTRACKED));
        }
    }

    private void setMark(Field field, long number) {
        // What has no flow has none to mark (nft_ct_set_eval): invalid, not tracked, or tracking is yet to come.
        boolean flow = !packet.get(Field.STATE).equals(Field.STATE.only(Field.STATE_INVALID))
                && !packet.get(Field.STATE).equals(Field.STATE.only(Field.STATE_UNTRACKED));
        if (field != Field.FLOW_MARK || flow) {
            packet.set(field, field.only(number & largest(field)));
        }
    }

    /** Where no bit of it is looked at, it need not be decided which number it is. */
    private long number(Field field, long mask) {
        return (mask & largest(field)) == 0 ? 0 : packet.number(field).low();
    }

    private static long largest(Field field) {
        return Value.largest(field.bits()).low();
    }

    private ValueSet numbers(String interfaceName) {
        ValueSet known = interfaces.matching(interfaceName, false);
        return known.isEmpty() ? Field.OUT_INTERFACE.only(interfaces.other()) : known;
    }
}
