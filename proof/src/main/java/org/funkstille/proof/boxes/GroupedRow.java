package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Rows that differ only in their first set are one row with the union of these: thousands of addresses, one port. */
final class GroupedRow {

    private GroupedRow() {}

    static Condition.Row of(Condition.Row row) {
        Map<List<ValueSet>, List<Range>> byTail = new LinkedHashMap<>();
        for (List<ValueSet> sets : row.rows()) {
            byTail.computeIfAbsent(List.copyOf(sets.subList(1, sets.size())), _ -> new ArrayList<>())
                    .addAll(sets.getFirst().ranges());
        }
        List<List<ValueSet>> rows = new ArrayList<>();
        byTail.forEach((tail, ranges) -> {
            List<ValueSet> sets = new ArrayList<>();
            sets.add(ValueSet.ofAll(row.fields().getFirst().bits(), ranges));
            sets.addAll(tail);
            rows.add(sets);
        });
        return new Condition.Row(row.fields(), rows);
    }
}
