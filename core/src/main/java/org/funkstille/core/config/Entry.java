package org.funkstille.core.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.funkstille.core.model.Secret;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A section of the configuration, asked for its values. {@link ShapeChecker} has already reported what does not fit;
 * here a value that does not fit is simply not there.
 */
record Entry(MappingNode node) {

    static final Shape.Section SECRET_FILE = new Shape.Section(
            "a secret by reference",
            List.of(new Shape.Key("secret", HomeShape.PATH, true, "a file of mode 0600 that holds the secret")));

    /** A value and where it stands. */
    record Located<T>(T value, Mark mark) {}

    static Optional<Entry> of(Node node) {
        return node instanceof MappingNode mapping ? Optional.of(new Entry(mapping)) : Optional.empty();
    }

    <T> Optional<Located<T>> value(String key, Function<String, Optional<T>> parser) {
        return find(key).flatMap(found -> scalar(found, parser));
    }

    Optional<Located<String>> text(String key) {
        return value(key, Optional::of);
    }

    Optional<Located<String>> name(String key) {
        return value(key, HomeShape::name);
    }

    /** The items of a list, or the single value that stands in its place. */
    <T> List<Located<T>> values(String key, Function<String, Optional<T>> parser) {
        return items(key).stream()
                .flatMap(item -> Entry.<T>scalar(item, parser).stream())
                .toList();
    }

    List<Entry> entries(String key) {
        return items(key).stream().flatMap(item -> Entry.of(item).stream()).toList();
    }

    Optional<Entry> entry(String key) {
        return find(key).flatMap(Entry::of);
    }

    boolean flag(String key) {
        // YAML 1.1 knows more words for it
        return text(key)
                .filter(found -> found.value().matches("(?i)true|yes|on"))
                .isPresent();
    }

    Optional<Secret> secret(String key) {
        Optional<Secret> fromFile =
                entry(key).flatMap(section -> section.text("secret")).map(path -> new Secret.File(path.value()));
        return fromFile.or(() -> text(key)
                .map(Located::value)
                .filter(Entry::isEnvironmentReference)
                .map(text -> new Secret.Environment(text.substring(2, text.length() - 1))));
    }

    static boolean isEnvironmentReference(String text) {
        return text.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");
    }

    private List<Node> items(String key) {
        return find(key)
                .map(found -> found instanceof SequenceNode sequence ? sequence.getValue() : List.of(found))
                .orElse(List.of());
    }

    private Optional<Node> find(String key) {
        return node.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static <T> Optional<Located<T>> scalar(Node node, Function<String, Optional<T>> parser) {
        return node instanceof ScalarNode scalar
                ? parser.apply(scalar.getValue()).map(value -> new Located<>(value, node.getStartMark()))
                : Optional.empty();
    }
}
