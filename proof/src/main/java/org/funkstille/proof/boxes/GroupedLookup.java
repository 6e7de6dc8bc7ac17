package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * Entries of a verdict map that lead to the same action and differ only in the first set are one entry with the union
 * of these. The order of entries does not matter while they do not overlap; where they may, nothing is grouped.
 */
final class GroupedLookup {

    private record Kind(List<ValueSet> tail, Action action) {}

    private GroupedLookup() {}

    static Action.Lookup of(Action.Lookup lookup) {
        if (!apart(lookup)) {
            return lookup;
        }
        Map<Kind, List<Range>> byKind = new LinkedHashMap<>();
        for (Action.Entry entry : lookup.entries()) {
            List<ValueSet> values = entry.values();
            byKind.computeIfAbsent(
                            new Kind(List.copyOf(values.subList(1, values.size())), entry.action()),
                            _ -> new ArrayList<>())
                    .addAll(values.getFirst().ranges());
        }
        List<Action.Entry> entries = new ArrayList<>();
        byKind.forEach((kind, ranges) -> {
            List<ValueSet> values = new ArrayList<>();
            values.add(ValueSet.ofAll(lookup.key().getFirst().bits(), ranges));
            values.addAll(kind.tail());
            entries.add(new Action.Entry(values, kind.action()));
        });
        return new Action.Lookup(lookup.key(), entries);
    }

    /** Every key is one number in every field, and no two are the same. */
    private static boolean apart(Action.Lookup lookup) {
        List<List<Optional<?>>> keys = new ArrayList<>();
        for (Action.Entry entry : lookup.entries()) {
            List<Optional<?>> key = new ArrayList<>();
            for (ValueSet set : entry.values()) {
                if (set.only().isEmpty()) {
                    return false;
                }
                key.add(set.only());
            }
            keys.add(key);
        }
        return keys.stream().distinct().count() == keys.size();
    }
}
