package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.List;

/** The streams for which a condition holds, and those for which it does not. Where it may do either, both. */
record Split(List<Stream> matched, List<Stream> rest) {

    static Split matched(Stream stream) {
        return new Split(List.of(stream), List.of());
    }

    static Split rest(Stream stream) {
        return new Split(List.of(), List.of(stream));
    }

    Split swapped() {
        return new Split(rest, matched);
    }

    static List<Stream> joined(List<Stream> some, List<Stream> more) {
        if (some.isEmpty()) {
            return more;
        }
        if (more.isEmpty()) {
            return some;
        }
        List<Stream> all = new ArrayList<>(some.size() + more.size());
        all.addAll(some);
        all.addAll(more);
        return all;
    }
}
