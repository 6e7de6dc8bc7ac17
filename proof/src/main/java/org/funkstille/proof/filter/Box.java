package org.funkstille.proof.filter;

import java.util.Arrays;
import java.util.Map;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.jspecify.annotations.Nullable;

/** A set of packets: all whose fields lie in the box's set for that field, each on its own. Immutable. */
// By ordinal and by identity: this is what the engines do all day.
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"})
public final class Box {

    private static final Field[] FIELDS = Field.values();

    private static final Box ALL = new Box(Arrays.stream(FIELDS).map(Field::all).toArray(ValueSet[]::new));

    private final ValueSet[] sets;

    private Box(ValueSet[] sets) {
        this.sets = sets;
    }

    /** Every packet. */
    public static Box all() {
        return ALL;
    }

    public ValueSet get(Field field) {
        return sets[field.ordinal()];
    }

    /** The same but for one field, whose set is replaced. */
    public Box with(Field field, ValueSet set) {
        ValueSet[] changed = sets.clone();
        changed[field.ordinal()] = set;
        return new Box(changed);
    }

    public Box with(Field field, long value) {
        return with(field, field.only(value));
    }

    /** Those packets whose field is in the set; the same box where all are. */
    public Box restrict(Field field, ValueSet set) {
        ValueSet mine = get(field);
        ValueSet common = mine.intersect(set);
        return common == mine || common.equals(mine) ? this : with(field, common);
    }

    /** True where no packet is in it. */
    public boolean isEmpty() {
        for (ValueSet set : sets) {
            if (set.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    public Box intersect(Box other) {
        Box result = this;
        for (Field field : FIELDS) {
            result = result.restrict(field, other.get(field));
        }
        return result;
    }

    public boolean contains(Packet packet) {
        for (Field field : FIELDS) {
            if (!get(field).contains(packet.get(field))) {
                return false;
            }
        }
        return true;
    }

    public boolean containsAll(Box other) {
        for (Field field : FIELDS) {
            if (get(field) != other.get(field) && !get(field).containsAll(other.get(field))) {
                return false;
            }
        }
        return true;
    }

    /** The packet with the smallest number in every field. The box is not empty. */
    public Packet first() {
        return new Packet(field -> get(field).first().orElse(Value.ZERO));
    }

    /** A hash of all fields but one. */
    public int hashWithout(Field field) {
        int hash = 0;
        for (int index = 0; index < sets.length; index++) {
            hash = 31 * hash + (index == field.ordinal() ? 0 : sets[index].hashCode());
        }
        return hash;
    }

    /** The same in all fields but, perhaps, one. */
    public boolean equalsWithout(Field field, Box other) {
        for (int index = 0; index < sets.length; index++) {
            if (index != field.ordinal() && !sets[index].equals(other.sets[index])) {
                return false;
            }
        }
        return true;
    }

    /** A box with these sets, every other field free. */
    public static Box of(Map<Field, ValueSet> sets) {
        Box result = ALL;
        for (Map.Entry<Field, ValueSet> entry : sets.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Box box && Arrays.equals(sets, box.sets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sets);
    }

    /** Only the fields that are not free. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Field field : FIELDS) {
            if (!get(field).isAll()) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(field)
                        .append('=')
                        .append(get(field));
            }
        }
        return text.append('}').toString();
    }
}
