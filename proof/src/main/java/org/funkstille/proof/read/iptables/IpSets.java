package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;

/** What {@code ipset save} printed, and which sets rules themselves fill. */
final class IpSets {

    /** Parameters of a set that do not change what is in it. */
    private static final Set<String> TUNING = Set.of(
            "hashsize", "maxelem", "bucketsize", "initval", "size", "range", "timeout", "probes", "resize", "gc");

    private static final Set<String> WITHOUT_VALUE = Set.of("counters", "comment", "skbinfo", "forceadd");

    private final Map<String, IpSet> sets = new HashMap<>();
    private final Set<String> filled = new HashSet<>();

    /** Conditions by set and directions: many rules ask for the same large one. */
    private final Map<String, Condition> conditions = new HashMap<>();

    static IpSets read(List<SourceText> texts) throws ReadingException {
        IpSets sets = new IpSets();
        for (SourceText text : texts) {
            Map<String, List<IpSet.Entry>> entries = new HashMap<>();
            for (Line line : Line.of(text)) {
                sets.read(line, entries);
            }
            entries.forEach((name, list) -> sets.sets.computeIfPresent(name, (_, set) -> set.with(list)));
        }
        return sets;
    }

    Optional<IpSet> get(String name) {
        return Optional.ofNullable(sets.get(name));
    }

    /** A rule puts packets' addresses there, so what it holds now was not known when it was printed. */
    void fillsByRule(String name) {
        filled.add(name);
    }

    boolean filledByRule(String name) {
        return filled.contains(name);
    }

    Map<String, Condition> conditions() {
        return conditions;
    }

    private void read(Line line, Map<String, List<IpSet.Entry>> entries) throws ReadingException {
        String text = line.text().strip();
        if (text.isEmpty() || text.startsWith("#") || text.equals("COMMIT")) {
            return;
        }
        List<Word> words = Word.of(line);
        String command = words.getFirst().text();
        if (words.size() < 3 || !(command.equals("create") || command.equals("add"))) {
            throw line.error(words.getFirst().column(), "not a line of ipset save: " + line.excerpt());
        }
        String name = words.get(1).text();
        if (command.equals("create")) {
            if (sets.putIfAbsent(name, create(name, words)) != null) {
                throw line.error(words.get(1).column(), "the set " + name + " is there twice");
            }
            entries.put(name, new ArrayList<>());
            return;
        }
        List<IpSet.Entry> list = entries.get(name);
        if (list == null) {
            throw line.error(words.get(1).column(), "the set " + name + " was not created");
        }
        list.add(entry(line, words));
    }

    /** Without its entries, which follow. */
    private static IpSet create(String name, List<Word> words) {
        String type = words.get(2).text();
        List<String> parts = List.of(type.substring(type.indexOf(':') + 1).split(",", -1));
        String family = type.startsWith("bitmap:ip") ? "inet" : "";
        Optional<Integer> netmask = Optional.empty();
        String strange = "";
        for (int at = 3; at < words.size(); at++) {
            String option = words.get(at).text();
            String value = at + 1 < words.size() ? words.get(at + 1).text() : "";
            boolean alone = WITHOUT_VALUE.contains(option);
            if (option.equals("family")) {
                family = value;
            } else if (option.equals("netmask") && value.matches("[0-9]{1,3}")) {
                netmask = Optional.of(Integer.parseInt(value));
            } else if (!alone && !TUNING.contains(option)) {
                strange = option + " " + value;
            }
            at += alone ? 0 : 1;
        }
        return new IpSet(name, type, parts, family, netmask, strange, List.of());
    }

    private static IpSet.Entry entry(Line line, List<Word> words) throws ReadingException {
        Optional<Long> seconds = Optional.empty();
        boolean nomatch = false;
        boolean wildcard = false;
        for (int at = 3; at < words.size(); at++) {
            Word word = words.get(at);
            switch (word.text()) {
                case "nomatch" -> nomatch = true;
                case "wildcard" -> wildcard = true;
                case "timeout" -> {
                    at++;
                    long left = seconds(line, at < words.size() ? words.get(at) : word);
                    seconds = left == 0 ? Optional.empty() : Optional.of(left);
                }
                case "packets", "bytes", "comment", "skbmark", "skbprio", "skbqueue" -> at++;
                default -> throw line.error(word.column(), "what " + word.text() + " means is not known");
            }
        }
        return new IpSet.Entry(List.of(words.get(2).text().split(",", -1)), seconds, nomatch, wildcard);
    }

    private static long seconds(Line line, Word word) throws ReadingException {
        try {
            return Numbers.number(word.text());
        } catch (NotUnderstood problem) {
            throw line.error(word.column(), "a timeout in seconds should stand here: " + word.text());
        }
    }
}
