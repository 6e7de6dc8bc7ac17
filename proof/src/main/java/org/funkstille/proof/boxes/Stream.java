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
 */
record Stream(Box now, Map<Field, ValueSet> replaced, Set<Field> unsure, Set<String> unknowns, boolean hidden) {

    static Stream of(Box box) {
        return new Stream(box, Map.of(), Set.of(), Set.of(), false);
    }

    Stream with(Box box) {
        return new Stream(box, replaced, unsure, unknowns, hidden);
    }

    /** The packets as they were sent. */
    Box sent() {
        Box sent = now;
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
        return new Stream(now, replaced, unsure, more, hidden);
    }

    /** The field becomes one number of the set. */
    Stream assign(Field field, ValueSet to) {
        Map<Field, ValueSet> before = new EnumMap<>(Field.class);
        before.putAll(replaced);
        before.putIfAbsent(field, now.get(field));
        Set<Field> doubtful = new TreeSet<>(unsure);
        if (to.only().isPresent()) {
            doubtful.remove(field);
        } else {
            doubtful.add(field);
        }
        return new Stream(now.with(field, to), before, doubtful, unknowns, hidden);
    }

    Stream untracked() {
        return new Stream(now, replaced, unsure, unknowns, true);
    }

    /** Everything but the packets themselves is the same. */
    boolean sameFate(Stream other) {
        return hidden == other.hidden
                && unknowns.equals(other.unknowns)
                && unsure.equals(other.unsure)
                && replaced.equals(other.replaced);
    }

    /** The other's packets are among these, and nothing more had to be assumed for these. */
    boolean covers(Stream other) {
        return hidden == other.hidden
                && other.unknowns.containsAll(unknowns)
                && unsure.equals(other.unsure)
                && replaced.equals(other.replaced)
                && now.containsAll(other.now);
    }
}
