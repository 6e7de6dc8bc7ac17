package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.jspecify.annotations.Nullable;

/** Keeps lists of streams short: drops those that others cover, and joins those that differ in one field. */
final class Compaction {

    /** Below this, looking costs more than it saves. */
    private static final int SHORT = 6;

    /** Above this, comparing each with each is not worth it. */
    private static final int LONG = 120;

    private static final Field[] FIELDS = Field.values();

    private Compaction() {}

    /** A stream but for one field. */
    private record Rest(Stream stream, Field field, int hash) {

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rest rest
                    && hash == rest.hash
                    && stream.now().equalsWithout(field, rest.stream.now())
                    && stream.sameFate(rest.stream);
        }
    }

    static List<Stream> of(List<Stream> streams, Budget budget) throws TooLarge {
        budget.requireStreams(streams.size());
        if (streams.size() <= SHORT) {
            return streams;
        }
        List<Stream> joined = joined(streams, budget);
        return joined.size() > LONG ? joined : withoutCovered(joined, budget);
    }

    /** Those that differ in one field only are one. */
    static List<Stream> joined(List<Stream> streams, Budget budget) throws TooLarge {
        List<Stream> joined = streams;
        for (Field field : FIELDS) {
            if (joined.size() > 1 && differIn(joined, field)) {
                budget.take(joined.size());
                joined = joined(joined, field);
            }
        }
        return joined;
    }

    /** Only where there are twice as many as the last time that they were made few. */
    static List<Stream> grown(List<Stream> streams, int before, Budget budget) throws TooLarge {
        return streams.size() > Math.max(2 * before, 2 * SHORT) ? of(streams, budget) : streams;
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
        Map<Rest, Stream> byRest = new LinkedHashMap<>();
        for (Stream stream : streams) {
            byRest.merge(
                    new Rest(stream, field, stream.now().hashWithout(field)),
                    stream,
                    (one, other) -> one.with(one.now()
                            .with(field, one.now().get(field).union(other.now().get(field)))));
        }
        return byRest.size() == streams.size() ? streams : new ArrayList<>(byRest.values());
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
