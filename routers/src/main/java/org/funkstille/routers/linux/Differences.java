package org.funkstille.routers.linux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is different between the layout that should be and the one that is, in words for people. */
final class Differences {

    private Differences() {}

    static List<String> between(List<String> wanted, List<String> found) {
        Set<String> missing = new HashSet<>(wanted);
        found.forEach(missing::remove);
        Set<String> surplus = new HashSet<>(found);
        wanted.forEach(surplus::remove);
        List<String> differences = new ArrayList<>();
        missing.stream()
                .sorted()
                .map(line -> "missing or changed: " + name(line))
                .forEach(differences::add);
        surplus.stream()
                .sorted()
                .filter(line -> missing.stream().noneMatch(other -> name(other).equals(name(line))))
                .map(line -> "not ours: " + name(line))
                .forEach(differences::add);
        return differences;
    }

    /** {@code rule forward 2 [...]} becomes {@code rule 2 of chain forward}. */
    private static String name(String line) {
        String[] words = line.split(" ", 4);
        if (words[0].equals("rule") && words.length >= 3) {
            return "rule " + words[2] + " of chain " + words[1];
        }
        if (words[0].equals("house")) {
            return "the interfaces of the house";
        }
        int start = line.indexOf("name=");
        int end = start < 0 ? -1 : line.indexOf(',', start);
        return words[0] + " " + (end < 0 ? line : line.substring(start + 5, end));
    }
}
