package org.funkstille.proof.filter;

import java.util.Arrays;
import java.util.function.Function;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;
import org.jspecify.annotations.Nullable;

/** One packet with what the router knows of its flow: a number for every field. Immutable. */
// By ordinal and by identity: this is what the engines do all day.
@SuppressWarnings({"EnumOrdinal", "ReferenceEquality"})
public final class Packet {

    private static final Field[] FIELDS = Field.values();

    private final Value[] values;

    private Packet(Value[] values) {
        this.values = values;
    }

    public Packet(Function<Field, Value> values) {
        this(Arrays.stream(FIELDS).map(values).toArray(Value[]::new));
    }

    public Value get(Field field) {
        return values[field.ordinal()];
    }

    /** The field's low 64 bits: all there is, except of addresses. */
    public long number(Field field) {
        return get(field).low();
    }

    public Packet with(Field field, Value value) {
        Value[] changed = values.clone();
        changed[field.ordinal()] = value;
        return new Packet(changed);
    }

    public Packet with(Field field, long value) {
        return with(field, Value.of(value));
    }

    /** The box that holds this packet alone. */
    public Box box() {
        Box box = Box.all();
        for (Field field : FIELDS) {
            box = box.with(field, ValueSet.of(field.bits(), get(field)));
        }
        return box;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Packet packet && Arrays.equals(values, packet.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Field field : FIELDS) {
            text.append(text.length() > 1 ? ", " : "").append(field).append('=').append(get(field));
        }
        return text.append('}').toString();
    }
}
