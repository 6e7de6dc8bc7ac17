package org.funkstille.discovery.draft;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives out names that {@code funkstille.yaml} takes, each only once. */
final class DraftNames {

    private static final int LONGEST = 40;

    private final Set<String> used = new HashSet<>();

    /** A name like the wish: lower-case letters, digits and single hyphens. */
    String unique(String wish) {
        String base = plain(wish);
        String name = base;
        for (int number = 2; !used.add(name); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    private static String plain(String wish) {
        String cut = wish.length() > LONGEST ? wish.substring(0, LONGEST) : wish;
        String plain =
                cut.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "unnamed" : plain;
    }
}
