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

    private final SetKey key;
    private final List<Step.Verdict> verdicts;
    private final List<Field> fields;

    VerdictMap(SetKey key, List<Step.Verdict> verdicts) {
        this.key = key;
        this.verdicts = verdicts;
        this.fields = key.fields();
    }

    Step.Decide decide() {
        List<Step.Verdict> listed = verdicts.stream()
                .filter(verdict -> !verdict.element().isDefault())
                .toList();
        List<Step.Verdict> defaults = verdicts.stream()
                .filter(verdict -> verdict.element().isDefault())
                .toList();
        Map<Condition, List<Action.Entry>> groups = new LinkedHashMap<>();
        for (Step.Verdict verdict : listed) {
            SetKey.Row row = key.row(verdict.element());
            groups.computeIfAbsent(row.beside(), _ -> new ArrayList<>())
                    .add(new Action.Entry(row.sets(), verdict.action()));
        }
        List<Step.Verdict> open = withoutPorts(listed);
        boolean one =
                open.isEmpty() && !fields.isEmpty() && groups.keySet().stream().allMatch(Condition.ALWAYS::equals);
        if (one) {
            List<Action.Entry> entries = new ArrayList<>();
            groups.values().forEach(group -> entries.addAll(joined(group)));
            defaults.forEach(verdict ->
                    entries.add(new Action.Entry(key.row(verdict.element()).sets(), verdict.action())));
            return new Step.Decide(List.of(new Step.Asked(Condition.ALWAYS, new Action.Lookup(fields, entries))));
        }
        List<Step.Asked> actions = new ArrayList<>();
        Condition ports = open.isEmpty() ? Condition.ALWAYS : Selectors.HAS_PORTS;
        groups.forEach((beside, entries) -> actions.add(new Step.Asked(
                Condition.all(ports, beside),
                fields.isEmpty() ? entries.getFirst().action() : new Action.Lookup(fields, joined(entries)))));
        open.forEach(verdict -> actions.add(new Step.Asked(key.isOpenly(verdict.element()), verdict.action())));
        Condition none =
                Condition.not(key.in(listed.stream().map(Step.Verdict::element).toList()));
        defaults.forEach(verdict ->
                actions.add(new Step.Asked(Condition.all(none, verdict.element().when()), verdict.action())));
        return new Step.Decide(actions);
    }

    private List<Step.Verdict> withoutPorts(List<Step.Verdict> listed) {
        List<Element> open =
                key.withoutPorts(listed.stream().map(Step.Verdict::element).toList());
        return listed.stream()
                .filter(verdict -> open.contains(verdict.element()))
                .toList();
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
