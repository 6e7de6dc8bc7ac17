package org.funkstille.bench.proof;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.funkstille.proof.read.SourceText;

/** A table of many networks at random, as block lists have them. */
record PrefixTable(List<String> prefixes) {

    static final String NAME = "listed";

    private static final long SEED = 20260302;

    PrefixTable {
        prefixes = List.copyOf(prefixes);
    }

    /** Networks of 256 addresses from 11.0.0.0 up to 126.255.255.0, in their order; some touch. */
    static PrefixTable of(int count) {
        return new PrefixTable(new Random(SEED)
                .ints(11 << 16, 127 << 16)
                .distinct()
                .limit(count)
                .sorted()
                .mapToObj(network -> (network >> 16) + "." + (network >> 8 & 255) + "." + (network & 255) + ".0/24")
                .toList());
    }

    /** As {@code ipset save} prints it. */
    SourceText ipset() {
        return new SourceText(
                "ipset",
                "create " + NAME + " hash:net family inet hashsize 65536 maxelem 131072\n"
                        + prefixes.stream()
                                .map(prefix -> "add " + NAME + " " + prefix + "\n")
                                .collect(Collectors.joining()));
    }
}
