package org.funkstille.evidence.filterlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds our rules by the octets of their ids. Immutable. */
final class RuleIndex {

    private final byte[][] ids;
    private final Meaning[] meanings;
    private final int mask;

    private RuleIndex(int places) {
        ids = new byte[places][];
        meanings = new Meaning[places];
        mask = places - 1;
        Arrays.fill(ids, new byte[0]);
    }

    static RuleIndex of(Map<String, Meaning> rules) {
        RuleIndex index = new RuleIndex(Integer.highestOneBit(Math.max(1, rules.size())) * 4);
        rules.forEach((id, meaning) -> {
            if (!id.isEmpty() && !id.equals("0")) {
                index.put(id.getBytes(StandardCharsets.UTF_8), meaning);
            }
        });
        return index;
    }

    private void put(byte[] id, Meaning meaning) {
        int place = place(id, 0, id.length);
        while (ids[place].length > 0) {
            place = (place + 1) & mask;
        }
        ids[place] = id;
        meanings[place] = meaning;
    }

    /** Nothing where the rule is not ours. */
    @Nullable
    Meaning find(byte[] octets, int from, int to) {
        for (int place = place(octets, from, to); ids[place].length > 0; place = (place + 1) & mask) {
            if (Arrays.equals(ids[place], 0, ids[place].length, octets, from, to)) {
                return meanings[place];
            }
        }
        return null;
    }

    /** The ends of an id differ most: trackers count seconds. */
    private int place(byte[] octets, int from, int to) {
        int length = to - from;
        long hash = length;
        if (length >= Long.BYTES) {
            hash += OctetSearch.word(octets, from) * 31 + OctetSearch.word(octets, to - Long.BYTES);
        } else {
            for (int at = from; at < to; at++) {
                hash = hash * 31 + octets[at];
            }
        }
        hash *= 0x9e37_79b9_7f4a_7c15L; // spreads close numbers (Fibonacci hashing)
        return (int) (hash >>> 40) & mask;
    }
}
