package org.funkstille.discovery.draft;

import java.util.Set;
import java.util.regex.Pattern;
import org.funkstille.discovery.network.PlainText;

/** Lines of YAML, written so that nothing that stands in them can be more than a value or a comment. */
final class Yaml {

    private static final int LONGEST_COMMENT = 300;

    /** Words, names and places that no reader of YAML takes for a number or for the beginning of something. */
    private static final Pattern PLAIN =
            Pattern.compile("[a-z][a-z0-9]*([-.][a-z0-9]+)*|(netns|ssh|https|sha256):[A-Za-z0-9@._/:-]*[A-Za-z0-9]");

    /** What YAML 1.1 takes for something else. */
    private static final Set<String> NO_TEXT = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();
    private final String prefix;

    private Yaml(String prefix) {
        this.prefix = prefix;
    }

    static Yaml text() {
        return new Yaml("");
    }

    /** Everything in it is a comment, ready to be taken out of it. */
    static Yaml commentedOut() {
        return new Yaml("# ");
    }

    Yaml line(String line) {
        text.append(prefix).append(line).append('\n');
        return this;
    }

    /** A comment of one line, whatever is in it. */
    Yaml comment(String indent, String comment) {
        text.append(prefix)
                .append(indent)
                .append("# ")
                .append(PlainText.of(comment, LONGEST_COMMENT))
                .append('\n');
        return this;
    }

    Yaml blank() {
        text.append('\n');
        return this;
    }

    Yaml add(Yaml other) {
        text.append(other.text);
        return this;
    }

    /** A value that is read as the text that it is. */
    static String value(String text) {
        if (PLAIN.matcher(text).matches() && !NO_TEXT.contains(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point < 0x20 || point == 0x7f || (point >= 0x80 && point <= 0xffff)) {
                quoted.append("\\u%04x".formatted(point));
            } else if (point > 0xffff) {
                quoted.append("\\U%08x".formatted(point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
