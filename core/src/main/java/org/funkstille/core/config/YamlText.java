package org.funkstille.core.config;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns YAML text into nodes that know their line and column. What a configuration does not need and an attacker could
 * use (anchors and aliases, deep nesting, large text, several documents) is refused before any node is made.
 */
final class YamlText {

    /** A home with 10,000 devices has about 1 MB. */
    static final int LARGEST_CHARACTERS = 4 * 1024 * 1024;

    private static final int DEEPEST = 20;

    private YamlText() {}

    /** The root node, or nothing after having reported why. */
    static Optional<Node> parse(String file, String text, List<Fault> faults) {
        if (text.length() > LARGEST_CHARACTERS) {
            faults.add(new Fault(
                    file,
                    1,
                    1,
                    "the file has " + text.length() + " characters; a configuration has at most " + LARGEST_CHARACTERS,
                    Optional.empty()));
            return Optional.empty();
        }
        try {
            Optional<Fault> refused = refused(file, text);
            if (refused.isPresent()) {
                faults.add(refused.get());
                return Optional.empty();
            }
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                faults.add(new Fault(file, 1, 1, "the file is empty", Optional.empty()));
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException broken) {
            faults.add(at(file, broken.getProblemMark(), "not readable as YAML: " + broken.getProblem()));
        } catch (ReaderException unprintable) {
            faults.add(unprintable(file, text, unprintable));
        } catch (YAMLException broken) {
            faults.add(new Fault(file, 1, 1, "not readable as YAML: " + firstLine(broken), Optional.empty()));
        }
        return Optional.empty();
    }

    /** The first thing that is YAML, but not what a configuration needs. */
    private static Optional<Fault> refused(String file, String text) {
        int documents = 0;
        int depth = 0;
        for (Event event : yaml().parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                return Optional.of(at(
                        file,
                        alias.getStartMark(),
                        "\"*" + alias.getAnchor() + "\" refers to an anchor; write the value out instead"));
            }
            documents += event instanceof DocumentStartEvent ? 1 : 0;
            if (documents > 1) {
                return Optional.of(at(
                        file, event.getStartMark(), "a second document begins here; a configuration is a single one"));
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                return Optional.of(at(
                        file,
                        event.getStartMark(),
                        "more than " + DEEPEST + " sections and lists within each other; a configuration has fewer"));
            }
        }
        return Optional.empty();
    }

    static Fault at(String file, @Nullable Mark mark, String message) {
        return at(file, mark, message, Optional.empty());
    }

    static Fault at(String file, @Nullable Mark mark, String message, Optional<String> suggestion) {
        int line = mark == null ? 1 : mark.getLine() + 1;
        int column = mark == null ? 1 : mark.getColumn() + 1;
        return new Fault(file, line, column, message, suggestion);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_CHARACTERS);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(true); // reported by ShapeChecker, together with everything else
        return new Yaml(options);
    }

    private static Fault unprintable(String file, String text, ReaderException found) {
        List<String> before = text.codePoints()
                .limit(found.getPosition())
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append('|')
                .toString()
                .lines()
                .toList();
        String last = before.getLast();
        return new Fault(
                file,
                before.size(),
                last.codePointCount(0, last.length()),
                "the character U+%04X does not belong into a text file".formatted(found.getCodePoint()),
                Optional.empty());
    }

    private static String firstLine(YAMLException broken) {
        String message = String.valueOf(broken.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
