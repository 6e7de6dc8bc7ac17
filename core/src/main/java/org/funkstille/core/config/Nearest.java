package org.funkstille.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the word that somebody probably meant (Levenshtein distance, two letters in the wrong order being one change; at
 * most a third of the word's length).
 */
final class Nearest {

    private Nearest() {}

    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate ->
                        distance(word, candidate) <= Math.max(1, Math.max(word.length(), candidate.length()) / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 20 || one.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] beforePrevious = new int[other.length() + 1];
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(previous[column - 1] + change, 1 + Math.min(previous[column], current[column - 1]));
                if (row > 1
                        && column > 1
                        && one.charAt(row - 1) == other.charAt(column - 2)
                        && one.charAt(row - 2) == other.charAt(column - 1)) {
                    current[column] = Math.min(current[column], 1 + beforePrevious[column - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[other.length()];
    }
}
