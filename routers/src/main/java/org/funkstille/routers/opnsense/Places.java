package org.funkstille.routers.opnsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds sequences for rules that must stand in an order. */
final class Places {

    private Places() {}

    /**
     * Strictly increasing, each at least 1 and below a limit. A rule keeps the one that it has where that is possible.
     *
     * @param existing in the order in which they must stand
     * @param limit the first sequence that is somebody else's
     * @return nothing where there is not enough room
     */
    static Optional<List<Integer>> of(List<Optional<Integer>> existing, int limit) {
        List<Integer> places = new ArrayList<>();
        int last = 0;
        for (int index = 0; index < existing.size(); index++) {
            int following = existing.size() - index - 1;
            int least = last + 1;
            int place = existing.get(index)
                    .filter(sequence -> sequence >= least && sequence + following < limit)
                    .orElse(least);
            places.add(place);
            last = place;
        }
        return last < limit ? Optional.of(places) : Optional.empty();
    }
}
