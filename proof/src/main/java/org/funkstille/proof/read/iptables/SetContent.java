package org.funkstille.proof.read.iptables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.sets.ValueSet;

/** What one set asks of a packet: some entry's key is the packet's. */
final class SetContent {

    /** Exceptions in exceptions: each length of prefix is a level. */
    private static final int MOST_LEVELS = 64;

    private final IpSet set;
    private final SetKey key;
    private final Instant takenAt;

    private SetContent(IpSet set, SetKey key, Instant takenAt) {
        this.set = set;
        this.key = key;
        this.takenAt = takenAt;
    }

    static Condition of(IpSet set, List<String> directions, Context context) throws NotUnderstood {
        Family family = context.family();
        boolean otherFamily = !set.family().isEmpty()
                && !set.family().equals("unspec")
                && set.family().equals("inet") != (family == Family.IPV4)
                && set.parts().stream().anyMatch(part -> part.equals("ip") || part.equals("net"));
        // The kernel finds nothing where a rule asks for fewer parts than the keys have, or for another family.
        if (otherFamily
                || directions.size() < set.parts().size()
                || set.entries().isEmpty()) {
            return Condition.NEVER;
        }
        SetContent content = new SetContent(
                set, new SetKey(set, directions, family), context.surroundings().takenAt());
        return Condition.all(Condition.in(Field.FAMILY, AddressSets.number(family)), content.condition());
    }

    private Condition condition() throws NotUnderstood {
        if (set.entries().stream().noneMatch(IpSet.Entry::nomatch)) {
            return some(set.entries());
        }
        // From the widest to the narrowest: what a narrower entry says comes first.
        Comparator<List<Integer>> byLengths = (one, other) -> {
            for (int at = 0; at < one.size(); at++) {
                int difference = Integer.compare(one.get(at), other.get(at));
                if (difference != 0) {
                    return difference;
                }
            }
            return 0;
        };
        TreeMap<List<Integer>, List<IpSet.Entry>> levels = new TreeMap<>(byLengths);
        for (IpSet.Entry entry : set.entries()) {
            levels.computeIfAbsent(key.lengths(entry), _ -> new ArrayList<>()).add(entry);
        }
        if (levels.size() > MOST_LEVELS) {
            throw new NotUnderstood("entries of " + levels.size() + " lengths, with exceptions");
        }
        Condition condition = Condition.NEVER;
        for (List<IpSet.Entry> level : levels.values()) {
            Condition not = some(level.stream().filter(IpSet.Entry::nomatch).toList());
            Condition yes =
                    some(level.stream().filter(entry -> !entry.nomatch()).toList());
            condition = Condition.any(yes, Condition.all(Condition.not(not), condition));
        }
        return condition;
    }

    /** One of the entries has the packet's key. */
    private Condition some(List<IpSet.Entry> entries) throws NotUnderstood {
        Map<SetKey.Group, List<List<ValueSet>>> rows = new LinkedHashMap<>();
        for (IpSet.Entry entry : entries) {
            SetKey.Key one = key.of(entry);
            rows.computeIfAbsent(one.group(), _ -> new ArrayList<>()).add(one.row());
        }
        List<Condition> any = new ArrayList<>();
        rows.forEach(
                (group, keys) -> any.add(Condition.all(group.condition(), rows(group.fields(), keys), until(group))));
        return Condition.any(any);
    }

    private Condition until(SetKey.Group group) {
        return group.seconds()
                .<Condition>map(seconds -> new Condition.At(
                        new TimeSpan.Between(Optional.empty(), Optional.of(takenAt.plusSeconds(seconds)))))
                .orElse(Condition.ALWAYS);
    }

    private static Condition rows(List<Field> fields, List<List<ValueSet>> rows) {
        if (fields.isEmpty()) {
            return Condition.ALWAYS;
        }
        if (fields.size() > 1) {
            return new Condition.Row(fields, rows);
        }
        Field field = fields.getFirst();
        return Condition.in(
                field,
                ValueSet.ofAll(
                        field.bits(),
                        rows.stream()
                                .flatMap(row -> row.getFirst().ranges().stream())
                                .toList()));
    }
}
