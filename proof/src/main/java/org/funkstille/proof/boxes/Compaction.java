package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Field;

/** Keeps lists of streams short: drops those that others cover, and joins those that differ in one field. */
final class Compaction {

    /** Below this, looking costs more than it saves. */
    private static final int SHORT = 6;

    /** Above this, comparing each with each is not worth it. */
    private static final int LONG = 600;

    private static final Field[] FIELDS = Field.values();

    private Compaction() {}

    static List<Stream> of(List<Stream> streams, Budget budget) throws TooLarge {
        budget.requireStreams(streams.size());
        if (streams.size() <= SHORT) {
            return streams;
        }
        List<Stream> joined = streams;
        for (Field field : FIELDS) {
            if (differIn(joined, field)) {
                budget.take(joined.size());
                joined = joined(joined, field);
            }
        }
        return joined.size() > LONG ? joined : withoutCovered(joined, budget);
    }

    private static boolean differIn(List<Stream> streams, Field field) {
        for (Stream stream : streams) {
            if (!stream.now().get(field).equals(streams.getFirst().now().get(field))) {
                return true;
            }
        }
        return false;
    }

    private static List<Stream> joined(List<Stream> streams, Field field) {
        Map<Stream, Stream> byRest = new LinkedHashMap<>();
        for (Stream stream : streams) {
            Stream rest = stream.with(stream.now().with(field, field.none()));
            byRest.merge(
                    rest,
                    stream,
                    (one, other) -> one.with(one.now()
                            .with(field, one.now().get(field).union(other.now().get(field)))));
        }
        return new ArrayList<>(byRest.values());
    }

    private static List<Stream> withoutCovered(List<Stream> streams, Budget budget) throws TooLarge {
        List<Stream> kept = new ArrayList<>();
        for (Stream candidate : streams) {
            budget.take(kept.size());
            if (kept.stream().noneMatch(one -> one.covers(candidate))) {
                kept.removeIf(candidate::covers);
                kept.add(candidate);
            }
        }
        return kept;
    }
}
