package org.funkstille.proof.read.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.proof.read.ReadingException;
import org.jspecify.annotations.Nullable;

/** Divides a rule's line into matches and target. */
final class RuleLineParser {

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("--source", "-s"),
            Map.entry("--src", "-s"),
            Map.entry("--destination", "-d"),
            Map.entry("--dst", "-d"),
            Map.entry("--in-interface", "-i"),
            Map.entry("--out-interface", "-o"),
            Map.entry("--protocol", "-p"),
            Map.entry("--proto", "-p"),
            Map.entry("--fragment", "-f"),
            Map.entry("--match", "-m"),
            Map.entry("--jump", "-j"),
            Map.entry("--goto", "-g"));

    /** iptables-save prints their values without quotes even where these begin with a dash. */
    private static final Set<String> FREE_TEXT = Set.of(
            "--comment",
            "--log-prefix",
            "--nflog-prefix",
            "--ulog-prefix",
            "--string",
            "--hex-string",
            "--name",
            "--hashlimit-name",
            "--u32",
            "--bytecode");

    private final Line line;
    private final List<Word> words;
    private int next;

    private final List<Option> header = new ArrayList<>();
    private final List<Extension> matches = new ArrayList<>();
    private final StringBuilder remark = new StringBuilder();

    /** The match or target that options now belong to. */
    private @Nullable Extension open;

    private final List<Option> openOptions = new ArrayList<>();
    private @Nullable Extension target;

    private RuleLineParser(Line line, List<Word> words) {
        this.line = line;
        this.words = words;
    }

    static RuleLine parse(Line line) throws ReadingException {
        return new RuleLineParser(line, Word.of(line)).rule();
    }

    private RuleLine rule() throws ReadingException {
        if (!words.isEmpty() && words.getFirst().text().startsWith("[")) {
            next++;
        }
        Word append = take("-A");
        if (!append.is("-A") && !append.is("--append")) {
            throw line.error(append.column(), "not a line of iptables-save: " + line.excerpt());
        }
        Word chain = take("a chain");
        while (next < words.size()) {
            boolean negated = words.get(next).is("!");
            next += negated ? 1 : 0;
            Word word = take("an option");
            if (!word.isOption()) {
                throw line.error(word.column(), "an option should stand here, not " + word.text());
            }
            option(word, negated);
        }
        close();
        return new RuleLine(
                chain.text(), chain.column(), header, matches, Optional.ofNullable(target), remark.toString());
    }

    private Word take(String wanted) throws ReadingException {
        if (next >= words.size()) {
            throw line.error(line.text().length() + 1, "the line ends where " + wanted + " should stand");
        }
        return words.get(next++);
    }

    private void option(Word word, boolean negated) throws ReadingException {
        String name = SHORT.getOrDefault(word.text(), word.text());
        // As iptables printed it before 1.4.3: the negation behind the option.
        boolean inner = next + 1 < words.size()
                && words.get(next).is("!")
                && !words.get(next + 1).isOption();
        next += inner ? 1 : 0;
        Option option = new Option(name, negated || inner, values(name));
        switch (name) {
            case "-m" -> begin(option, word);
            case "-j", "-g" -> {
                begin(option, word);
                if (target != null) {
                    throw line.error(word.column(), "a second target");
                }
                target = open;
            }
            case "-s", "-d", "-i", "-o", "-p", "-f" -> header.add(option);
            case "-c" -> {}
            default -> add(option);
        }
    }

    private List<String> values(String name) {
        List<String> values = new ArrayList<>();
        if (FREE_TEXT.contains(name) && next < words.size()) {
            values.add(words.get(next++).text());
            return values;
        }
        while (next < words.size()
                && !words.get(next).isOption()
                && !words.get(next).is("!")) {
            values.add(words.get(next++).text());
        }
        return values;
    }

    private void begin(Option option, Word word) throws ReadingException {
        if (option.values().size() != 1 || option.negated()) {
            throw line.error(word.column(), option.name() + " takes one name");
        }
        close();
        open = new Extension(option.name(), option.values().getFirst(), List.of());
    }

    /** An option without a match belongs to the protocol's own, which iptables loads by itself. */
    private void add(Option option) {
        if (open == null) {
            String protocol = header.stream()
                    .filter(one -> one.name().equals("-p") && one.values().size() == 1)
                    .map(one -> one.values().getFirst())
                    .findFirst()
                    .orElse("");
            open = new Extension("-m", protocol, List.of());
        }
        openOptions.add(option);
    }

    private void close() {
        if (open != null) {
            Extension done = new Extension(open.flag(), open.name(), openOptions);
            if (!done.flag().equals("-m")) {
                target = done;
            } else if (done.name().equals("comment")) {
                done.option("--comment")
                        .ifPresent(comment ->
                                remark.append(remark.isEmpty() ? "" : " ").append(String.join(" ", comment.values())));
            } else {
                matches.add(done);
            }
        }
        open = null;
        openOptions.clear();
    }
}
