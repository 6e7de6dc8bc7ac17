package org.funkstille.proof.read.iptables;

import java.util.List;
import java.util.stream.Collectors;
import org.funkstille.proof.filter.Condition;

/**
 * One option of a match or target.
 *
 * @param name with its dashes
 * @param negated by {@code !}
 */
record Option(String name, boolean negated, List<String> values) {

    Option {
        values = List.copyOf(values);
    }

    /** The value of an option that has exactly one. */
    String value() throws NotUnderstood {
        if (values.size() != 1) {
            throw new NotUnderstood(name + " has " + values.size() + " values");
        }
        return values.getFirst();
    }

    /** The condition, or its contrary where the option is negated. */
    Condition turned(Condition condition) {
        return negated ? Condition.not(condition) : condition;
    }

    @Override
    public String toString() {
        return (negated ? "! " : "")
                + name
                + values.stream().map(value -> " " + quote(value)).collect(Collectors.joining());
    }

    private static String quote(String value) {
        return value.isEmpty() || value.indexOf(' ') >= 0 ? '"' + value + '"' : value;
    }
}
