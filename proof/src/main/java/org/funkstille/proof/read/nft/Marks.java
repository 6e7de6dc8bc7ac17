package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.proof.filter.Field;

/**
 * Every number that a mark can have: packets come without, and only rules set it. So a condition on a few bits of a mark
 * stays a short list of numbers.
 */
final class Marks {

    /** More than any rule set needs; beyond it, nothing is said. */
    private static final int MOST = 2048;

    private record Change(Field to, MarkValue value) {}

    private final List<Change> changes = new ArrayList<>();
    private final Set<Long> packets = new TreeSet<>(Set.of(0L));
    private final Set<Long> flows = new TreeSet<>(Set.of(0L));
    private boolean unknown;
    private boolean complete;

    /** A rule's {@code mangle}, or another statement, which is none of these. */
    void learn(Json mangle, NamedSets sets) {
        Optional<Field> mark = mangle.get("key").flatMap(MarkValue::mark);
        Optional<Json> value = mangle.get("value");
        if (mark.isEmpty() || value.isEmpty()) {
            return;
        }
        if (!value.get().kind().equals("map")) {
            add(mark.get(), value.get());
            return;
        }
        Optional<List<Element>> elements =
                value.get().body().get("data").flatMap(data -> Translation.elements(data, sets));
        if (elements.isEmpty()) {
            unknown = true;
        }
        elements.orElse(List.of()).forEach(element -> element.data().ifPresent(data -> add(mark.get(), data)));
    }

    private void add(Field to, Json value) {
        Optional<MarkValue> known = MarkValue.of(value);
        known.ifPresent(one -> changes.add(new Change(to, one)));
        unknown |= known.isEmpty();
    }

    /** Nothing where a rule sets marks to numbers that are not known. */
    Optional<Set<Long>> of(Field mark) {
        if (!complete) {
            complete();
        }
        return unknown ? Optional.empty() : Optional.of(mark == Field.MARK ? packets : flows);
    }

    private void complete() {
        complete = true;
        boolean grew = true;
        while (grew && !unknown) {
            grew = false;
            for (Change change : changes) {
                grew |= apply(change);
            }
            unknown |= packets.size() > MOST || flows.size() > MOST;
        }
    }

    private boolean apply(Change change) {
        MarkValue value = change.value();
        Set<Long> target = change.to() == Field.MARK ? packets : flows;
        Set<Long> from = value.from()
                .map(mark -> Set.copyOf(mark == Field.MARK ? packets : flows))
                .orElse(Set.of(0L));
        boolean grew = false;
        for (long number : from) {
            grew |= target.add((number & value.keep()) ^ value.flip());
        }
        return grew;
    }
}
