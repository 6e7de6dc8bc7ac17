package org.funkstille.proof.boxes;

import java.util.EnumMap;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/** The place where Linux looks a packet's flow up: from here on its state is known. */
final class Tracking {

    private Tracking() {}

    static Stream of(Stream stream) {
        if (stream.hidden()) {
            return new Stream(
                    stream.now().with(Field.STATE, Field.STATE_UNTRACKED),
                    stream.replaced(),
                    stream.unsure(),
                    stream.unknowns(),
                    true,
                    stream.forwarded());
        }
        Map<Field, ValueSet> replaced = new EnumMap<>(Field.class);
        replaced.putAll(stream.replaced());
        ValueSet state = replaced.remove(Field.STATE);
        return new Stream(
                stream.now().with(Field.STATE, state == null ? Field.STATE.all() : state),
                replaced,
                stream.unsure(),
                stream.unknowns(),
                false,
                stream.forwarded());
    }
}
