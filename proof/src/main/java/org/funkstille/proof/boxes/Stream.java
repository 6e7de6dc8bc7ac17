package org.funkstille.proof.boxes;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/**
 * Packets that have had the same fate so far.
 *
 * @param now the packets as they are now
 * @param replaced fields that rules have changed, with what they were when the packets were sent
 * @param unsure fields that were set to one of several numbers, not known which
 * @param unknowns what must have come out one way for the packets to be here; empty: they surely are
 * @param hidden connection tracking was told not to look at them
 * @param forwarded one was taken off their hop limit
 */
record Stream(
        Box now,
        Map<Field, ValueSet> replaced,
        Set<Field> unsure,
        Set<String> unknowns,
        boolean hidden,
        boolean forwarded) {

    static Stream of(Box box) {
        return new Stream(box, Map.of(), Set.of(), Set.of(), false, false);
    }

    Stream with(Box box) {
        return new Stream(box, replaced, unsure, unknowns, hidden, forwarded);
    }

    /** The packets as they were sent. */
    Box sent() {
        Box sent = now.with(Field.HOP_LIMIT, asSent(Field.HOP_LIMIT));
        for (Map.Entry<Field, ValueSet> entry : replaced.entrySet()) {
            sent = sent.with(entry.getKey(), entry.getValue());
        }
        return sent;
    }

    Stream assuming(String unknown) {
        if (unknowns.contains(unknown)) {
            return this;
        }
        Set<String> more = new TreeSet<>(unknowns);
        more.add(unknown);
        return new Stream(now, replaced, unsure, more, hidden, forwarded);
    }

    /** The field becomes one number of the set. */
    Stream assign(Field field, ValueSet to) {
        Map<Field, ValueSet> before = new EnumMap<>(Field.class);
        before.putAll(replaced);
        before.putIfAbsent(field, asSent(field));
        Set<Field> doubtful = new TreeSet<>(unsure);
        if (to.only().isPresent()) {
            doubtful.remove(field);
        } else {
            doubtful.add(field);
        }
        return new Stream(now.with(field, to), before, doubtful, unknowns, hidden, forwarded);
    }

    /** With one taken off the hop limit, which is not 0. */
    Stream onward() {
        ValueSet left = now.get(Field.HOP_LIMIT).lowered();
        return new Stream(now.with(Field.HOP_LIMIT, left), replaced, unsure, unknowns, hidden, true);
    }

    /** The field's numbers when the packets were sent, where no rule has changed it. */
    private ValueSet asSent(Field field) {
        return forwarded && field == Field.HOP_LIMIT ? now.get(field).raised() : now.get(field);
    }

    Stream untracked() {
        return new Stream(now, replaced, unsure, unknowns, true, forwarded);
    }

    /** Everything but the packets themselves is the same. */
    boolean sameFate(Stream other) {
        return hidden == other.hidden
                && forwarded == other.forwarded
                && unknowns.equals(other.unknowns)
                && unsure.equals(other.unsure)
                && replaced.equals(other.replaced);
    }

    /** The other's packets are among these, and nothing more had to be assumed for these. */
    boolean covers(Stream other) {
        return hidden == other.hidden
                && forwarded == other.forwarded
                && other.unknowns.containsAll(unknowns)
                && unsure.equals(other.unsure)
                && replaced.equals(other.replaced)
                && now.containsAll(other.now);
    }
}
