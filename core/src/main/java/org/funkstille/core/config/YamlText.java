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
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

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
            for (Event event : yaml().parse(new StringReader(text))) {
                if (event instanceof AliasEvent alias) {
                    faults.add(at(
                            file,
                            alias.getStartMark(),
                            "\"*" + alias.getAnchor() + "\" refers to an anchor; write the value out instead"));
                    return Optional.empty();
                }
            }
            Node root = yaml().compose(new StringReader(text));
            if (root == null) {
                faults.add(new Fault(file, 1, 1, "the file is empty", Optional.empty()));
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException broken) {
            faults.add(at(file, broken.getProblemMark(), "not readable as YAML: " + broken.getProblem()));
        } catch (YAMLException broken) {
            faults.add(new Fault(file, 1, 1, "not readable as YAML: " + firstLine(broken), Optional.empty()));
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

    private static String firstLine(YAMLException broken) {
        String message = String.valueOf(broken.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
