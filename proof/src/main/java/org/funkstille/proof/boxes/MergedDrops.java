package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * Neighbours that drop, and ask for the same but for one field, are one rule that asks for either's numbers: a thousand
 * devices are silenced by a thousand rules that differ in the hardware address.
 */
final class MergedDrops {

    private final List<Rule> merged = new ArrayList<>();

    /** Rules that become one; the place in their conditions where they differ, -1 while there is only one. */
    private final List<Rule> run = new ArrayList<>();

    private int place = -1;

    private MergedDrops() {}

    static List<Rule> of(List<Rule> rules) {
        MergedDrops drops = new MergedDrops();
        rules.forEach(drops::add);
        drops.end();
        return List.copyOf(drops.merged);
    }

    private void add(Rule rule) {
        if (!run.isEmpty()) {
            int differs = alike(run.getLast(), rule) ? difference(parts(run.getLast()), parts(rule)) : -1;
            if (differs < 0 || (place >= 0 && place != differs)) {
                end();
            } else {
                place = differs;
            }
        }
        run.add(rule);
    }

    private void end() {
        if (!run.isEmpty()) {
            merged.add(run.size() == 1 ? run.getFirst() : together());
        }
        run.clear();
        place = -1;
    }

    private Rule together() {
        Rule first = run.getFirst();
        List<Condition> parts = new ArrayList<>(parts(first));
        if (parts.get(place) instanceof Condition.In(Field field, var _)) {
            List<Range> ranges = new ArrayList<>();
            for (Rule rule : run) {
                if (parts(rule).get(place) instanceof Condition.In(var _, ValueSet set)) {
                    ranges.addAll(set.ranges());
                }
            }
            parts.set(place, new Condition.In(field, ValueSet.ofAll(field.bits(), ranges)));
        }
        return new Rule(
                new Condition.All(parts), List.of(), first.action(), first.quick(), first.origin(), first.source());
    }

    private static boolean alike(Rule one, Rule other) {
        return one.action() instanceof Action.Drop
                && one.action().equals(other.action())
                && one.effects().isEmpty()
                && other.effects().isEmpty()
                && one.quick() == other.quick();
    }

    private static List<Condition> parts(Rule rule) {
        return rule.condition() instanceof Condition.All(List<Condition> parts) ? parts : List.of(rule.condition());
    }

    /** The only place at which they differ, in the numbers of one field; -1: they differ otherwise, or not at all. */
    private static int difference(List<Condition> one, List<Condition> other) {
        int found = -1;
        if (one.size() != other.size()) {
            return -1;
        }
        for (int index = 0; index < one.size(); index++) {
            if (!one.get(index).equals(other.get(index))) {
                boolean sameField = one.get(index) instanceof Condition.In(Field mine, var _)
                        && other.get(index) instanceof Condition.In(Field theirs, var _)
                        && mine == theirs;
                if (found >= 0 || !sameField) {
                    return -1;
                }
                found = index;
            }
        }
        return found;
    }
}
