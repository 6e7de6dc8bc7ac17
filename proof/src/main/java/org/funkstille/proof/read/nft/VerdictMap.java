package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** A verdict map as few look-ups: one, where its key is nothing but fields. */
final class VerdictMap {

    /** An action, and what is asked before it. */
    record Asked(Condition condition, Action action) {}

    private final Step.Decide map;
    private final List<Field> fields;

    VerdictMap(Step.Decide map) {
        this.map = map;
        this.fields = map.key().fields();
    }

    /** In order; the conditions exclude one another. */
    List<Asked> actions() {
        List<Step.Verdict> listed = map.verdicts().stream()
                .filter(verdict -> !verdict.element().isDefault())
                .toList();
        List<Step.Verdict> defaults = map.verdicts().stream()
                .filter(verdict -> verdict.element().isDefault())
                .toList();
        Map<Condition, List<Action.Entry>> groups = new LinkedHashMap<>();
        for (Step.Verdict verdict : listed) {
            SetKey.Row row = map.key().row(verdict.element());
            groups.computeIfAbsent(row.beside(), _ -> new ArrayList<>())
                    .add(new Action.Entry(row.sets(), verdict.action()));
        }
        boolean one = !fields.isEmpty() && groups.keySet().stream().allMatch(Condition.ALWAYS::equals);
        if (one) {
            List<Action.Entry> entries = new ArrayList<>();
            groups.values().forEach(group -> entries.addAll(joined(group)));
            defaults.forEach(verdict -> entries.add(
                    new Action.Entry(map.key().row(verdict.element()).sets(), verdict.action())));
            return List.of(new Asked(Condition.ALWAYS, new Action.Lookup(fields, entries)));
        }
        List<Asked> actions = new ArrayList<>();
        groups.forEach((beside, entries) -> actions.add(new Asked(
                beside, fields.isEmpty() ? entries.getFirst().action() : new Action.Lookup(fields, joined(entries)))));
        Condition none = Condition.not(
                map.key().in(listed.stream().map(Step.Verdict::element).toList()));
        defaults.forEach(verdict ->
                actions.add(new Asked(Condition.all(none, verdict.element().when()), verdict.action())));
        return actions;
    }

    /** Keys of one field that lead to the same action become one entry: keys do not overlap. */
    private List<Action.Entry> joined(List<Action.Entry> entries) {
        if (fields.size() != 1) {
            return entries;
        }
        Map<Action, List<Range>> ranges = new LinkedHashMap<>();
        entries.forEach(entry -> ranges.computeIfAbsent(entry.action(), _ -> new ArrayList<>())
                .addAll(entry.values().getFirst().ranges()));
        List<Action.Entry> joined = new ArrayList<>();
        ranges.forEach((action, some) -> joined.add(
                new Action.Entry(List.of(ValueSet.ofAll(fields.getFirst().bits(), some)), action)));
        return joined;
    }
}
