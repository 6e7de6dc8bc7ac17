package org.funkstille.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.net.Endpoint;

/**
 * Adds up attempts of one device at one destination under one name. Holds a bounded number of those; not for several
 * threads.
 */
final class AttemptAggregator {

    private record Key(String device, Endpoint destination, Optional<String> name) {}

    private static final class Sum {
        private Instant first;
        private long packets;

        private Sum(Instant first) {
            this.first = first;
        }

        private void add(Attempt attempt) {
            packets += attempt.packets();
            if (attempt.at().isBefore(first)) {
                first = attempt.at();
            }
        }
    }

    private final int capacity;
    private final Map<Key, Sum> sums = new HashMap<>();

    /** @param capacity how many different device-and-destination pairs it can hold */
    AttemptAggregator(int capacity) {
        this.capacity = capacity;
    }

    /** @return false where it is full and {@code attempt} was not taken; those it knows already are always taken */
    boolean add(Attempt attempt) {
        Key key = new Key(attempt.device(), attempt.destination(), attempt.name());
        Sum sum = sums.get(key);
        if (sum == null) {
            if (sums.size() >= capacity) {
                return false;
            }
            sum = new Sum(attempt.at());
            sums.put(key, sum);
        }
        sum.add(attempt);
        return true;
    }

    int size() {
        return sums.size();
    }

    /** What was added since the last time, oldest first, one for each pair. */
    List<Attempt> drain() {
        List<Attempt> drained = new ArrayList<>(sums.size());
        sums.forEach(
                (key, sum) -> drained.add(new Attempt(sum.first, key.device, key.destination, key.name, sum.packets)));
        sums.clear();
        drained.sort(Comparator.comparing(Attempt::at));
        return drained;
    }
}
