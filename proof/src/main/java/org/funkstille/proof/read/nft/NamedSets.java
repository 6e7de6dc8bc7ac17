package org.funkstille.proof.read.nft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.funkstille.proof.filter.Condition;

/** The named sets and maps of one table. */
final class NamedSets {

    /** What rules do to a set as packets pass. */
    private record Change(String rule, boolean deletes) {}

    private final Instant takenAt;
    private final Map<String, Json> definitions = new HashMap<>();
    private final Map<String, List<Json>> added = new HashMap<>();
    private final Map<String, Change> changes = new HashMap<>();
    private final Map<String, List<Element>> elements = new HashMap<>();
    private final Map<String, Condition> lookups = new HashMap<>();

    NamedSets(Instant takenAt) {
        this.takenAt = takenAt;
    }

    /** A {@code set} or {@code map} object. */
    void define(Json set) {
        definitions.put(set.text("name"), set);
    }

    /** An {@code element} object: elements listed apart from their set. */
    void add(Json element) {
        added.computeIfAbsent(element.text("name"), _ -> new ArrayList<>()).add(element);
    }

    /** A rule adds to the set, or deletes from it. */
    void change(String name, String rule, boolean deletes) {
        changes.merge(
                name,
                new Change(rule, deletes),
                (one, other) -> new Change(one.rule(), one.deletes() || other.deletes()));
    }

    /** Nothing where no set has the name. */
    Optional<List<Element>> elements(String name) {
        Json set = definitions.get(name);
        return set == null
                ? Optional.empty()
                : Optional.of(elements.computeIfAbsent(name, _ -> {
                    List<Element> all = new ArrayList<>(Element.ofNamed(set, takenAt));
                    added.getOrDefault(name, List.of()).forEach(one -> all.addAll(Element.ofNamed(one, takenAt)));
                    return all;
                }));
    }

    /** What a packet may meet in the set that no listing can tell; nothing where no rule changes it. */
    Optional<Condition> changing(String name) {
        return Optional.ofNullable(changes.get(name))
                .map(change -> new Condition.Unknown(
                        "what is in the set @" + name + ", which the rule \"" + change.rule() + "\" changes"));
    }

    /** True where what is listed, and does not expire, stays. */
    boolean keepsElements(String name) {
        Change change = changes.get(name);
        return change == null || !change.deletes();
    }

    /** Statements of the set that every lookup runs. */
    Condition limits(String name) {
        Json set = definitions.get(name);
        if (set == null) {
            return Condition.ALWAYS;
        }
        return Condition.all(set.get("stmt").stream()
                .flatMap(statements -> statements.items().stream())
                .map(Element::limits)
                .filter(limit -> !limit.equals(Condition.ALWAYS))
                .toList());
    }

    /** The same condition for the same set and key: large sets are asked by many rules. */
    Condition lookup(String name, String key, Supplier<Condition> condition) {
        String both = name + " " + key;
        Condition known = lookups.get(both);
        if (known == null) {
            known = condition.get();
            lookups.put(both, known);
        }
        return known;
    }
}
