package org.funkstille.core.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Holds nodes against a {@link Shape} and reports every place where they differ. */
final class ShapeChecker {

    private final String file;
    private final List<Fault> faults;

    ShapeChecker(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    void check(Node node, Shape shape) {
        switch (shape) {
            case Shape.Text text -> checkText(node, text);
            case Shape.Choice choice -> checkChoice(node, choice);
            case Shape.Whole whole -> checkWhole(node, whole);
            case Shape.Flag flag -> {
                if (!(node instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.BOOL)) {
                    expected(node, flag);
                }
            }
            case Shape.SecretReference reference -> checkSecret(node, reference);
            case Shape.Many many -> checkMany(node, many);
            case Shape.Section section -> checkSection(node, section);
        }
    }

    private void checkText(Node node, Shape.Text shape) {
        if (!(node instanceof ScalarNode scalar)) {
            expected(node, shape);
        } else if (Vias.holdsPassword(scalar.getValue())) {
            fault(node, "a password stands in the clear; use password: ${ENV_NAME} or {secret: FILE}");
        } else if (!shape.test().test(scalar.getValue())) {
            expected(node, shape);
        }
    }

    private void checkChoice(Node node, Shape.Choice shape) {
        if (!(node instanceof ScalarNode scalar)) {
            expected(node, shape);
        } else if (!shape.words().contains(scalar.getValue())) {
            faults.add(YamlText.at(
                    file,
                    node.getStartMark(),
                    "\"" + shorten(scalar.getValue()) + "\" is not known; expected " + shape.expected(),
                    Nearest.to(scalar.getValue(), shape.words())));
        }
    }

    private void checkWhole(Node node, Shape.Whole shape) {
        boolean fits = node instanceof ScalarNode scalar
                && scalar.getValue().matches("0|[1-9][0-9]{0,8}")
                && Integer.parseInt(scalar.getValue()) >= shape.least()
                && Integer.parseInt(scalar.getValue()) <= shape.most();
        if (!fits) {
            expected(node, shape);
        }
    }

    private void checkSecret(Node node, Shape.SecretReference shape) {
        if (node instanceof MappingNode) {
            checkSection(node, Entry.SECRET_FILE);
        } else if (!(node instanceof ScalarNode scalar) || !Entry.isEnvironmentReference(scalar.getValue())) {
            // The value itself is not repeated: it may be the secret.
            fault(node, "a secret stands in the clear; expected " + shape.expected());
        }
    }

    private void checkMany(Node node, Shape.Many shape) {
        if (node instanceof SequenceNode sequence && sequence.getValue().size() >= shape.least()) {
            sequence.getValue().forEach(item -> check(item, shape.item()));
        } else if (shape.orOne() && !(node instanceof SequenceNode)) {
            check(node, shape.item());
        } else {
            expected(node, shape);
        }
    }

    private void checkSection(Node node, Shape.Section shape) {
        if (!(node instanceof MappingNode mapping)) {
            expected(node, shape);
            return;
        }
        List<String> names = shape.keys().stream().map(Shape.Key::name).toList();
        Set<String> found = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Optional<Shape.Key> key =
                    shape.keys().stream().filter(one -> one.name().equals(name)).findFirst();
            if (key.isEmpty()) {
                unknownKey(tuple.getKeyNode(), name, names, found);
            } else if (!found.add(name)) {
                fault(tuple.getKeyNode(), "key \"" + name + "\" stands here a second time");
            } else {
                check(tuple.getValueNode(), key.get().shape());
            }
        }
        shape.keys().stream()
                .filter(key -> key.required() && !found.contains(key.name()))
                .forEach(key -> fault(
                        node,
                        shape.title() + " needs the key \"" + key.name() + "\" ("
                                + (key.shape() instanceof Shape.Choice
                                        ? key.shape().expected()
                                        : key.description())
                                + ")"));
    }

    private void unknownKey(Node keyNode, String name, List<String> names, Set<String> found) {
        List<String> free = names.stream().filter(one -> !found.contains(one)).toList();
        faults.add(YamlText.at(
                file,
                keyNode.getStartMark(),
                "unknown key \"" + shorten(name) + "\"; expected one of " + String.join(", ", names),
                Nearest.to(name, free)));
    }

    private void expected(Node node, Shape shape) {
        String found = switch (node) {
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> "\"" + shorten(scalar.getValue()) + "\"";
            case SequenceNode list when list.getValue().isEmpty() -> "an empty list";
            case SequenceNode list -> "a list";
            default -> "a section";
        };
        fault(node, found + " is not what belongs here; expected " + shape.expected());
    }

    private void fault(Node node, String message) {
        faults.add(YamlText.at(file, node.getStartMark(), message));
    }

    private static String shorten(String text) {
        String harmless = text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
        harmless = harmless.replaceFirst("(?s)://[^:@]*:.*@", "://...@"); // it may be a password
        return harmless.length() <= 60 ? harmless : harmless.substring(0, 57) + "...";
    }
}
