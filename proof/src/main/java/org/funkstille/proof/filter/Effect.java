package org.funkstille.proof.filter;

import java.util.EnumSet;
import java.util.Set;
import org.funkstille.proof.sets.ValueSet;

/** What a rule does to a packet that it matches, beside deciding on it. Logging and counting are none. */
public sealed interface Effect {

    /**
     * The field becomes a number of the set. With one number that is exact; with more it is not known which, so what
     * hangs on it is taken both ways.
     */
    record Assign(Field field, ValueSet to) implements Effect {

        private static final Set<Field> TRANSLATED = EnumSet.of(
                Field.SOURCE, Field.DESTINATION, Field.DESTINATION_TYPE, Field.SOURCE_PORT, Field.DESTINATION_PORT);

        /** Part of a translation of addresses. In a list of which the last rule decides, only the deciding one does it. */
        public boolean translates() {
            return TRANSLATED.contains(field);
        }
    }

    /** {@code field = (field & keep) ^ flip}, of {@link Field#MARK} or {@link Field#FLOW_MARK}. */
    record SetMark(Field field, long keep, long flip) implements Effect {}

    /**
     * {@code to = (to & ~toMask) ^ (from & fromMask)}: {@code CONNMARK --save-mark}, {@code --restore-mark},
     * {@code meta mark set ct mark}.
     */
    record CopyMark(Field from, long fromMask, Field to, long toMask) implements Effect {}

    /** The packet leaves by this interface whatever the routing table says (pf's {@code route-to}). */
    record RouteTo(String interfaceName) implements Effect {}

    /** Connection tracking is not to look at it ({@code notrack}). */
    record NoTrack() implements Effect {}

    /**
     * Not understood: it may change the packet or send it elsewhere, so its way from here on is not known.
     *
     * @param what in the router's own words
     */
    record Unclear(String what) implements Effect {}
}
