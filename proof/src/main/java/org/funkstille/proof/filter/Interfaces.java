package org.funkstille.proof.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** Gives each interface that a question is about a number; all others share one. */
public final class Interfaces {

    /** No interface. */
    public static final long NONE = 0;

    private static final long FIRST = 1;
    private static final ValueSet NOTHING = Field.IN_INTERFACE.none();

    private final Map<String, Long> numbers = new TreeMap<>();

    /** Engines ask for these again and again. */
    private final Map<String, ValueSet> exactly = new HashMap<>();

    public Interfaces(Collection<String> names) {
        for (String name : names) {
            numbers.putIfAbsent(name, FIRST + numbers.size());
        }
        numbers.forEach((name, number) -> exactly.put(name, Field.IN_INTERFACE.only(number)));
    }

    /** @throws IllegalArgumentException where the name is not one of those given */
    public long number(String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no question is about the interface " + name);
        }
        return number;
    }

    /** The number of an interface that has none of the names. */
    public long other() {
        return FIRST + numbers.size();
    }

    /** The numbers of interfaces with this name, or with names that begin so. */
    public ValueSet matching(String name, boolean prefix) {
        if (!prefix) {
            return exactly.getOrDefault(name, NOTHING);
        }
        List<Range> found = new ArrayList<>();
        numbers.forEach((candidate, number) -> {
            if (candidate.startsWith(name)) {
                found.add(Range.of(number, number));
            }
        });
        return ValueSet.ofAll(Field.IN_INTERFACE.bits(), found);
    }

    /** {@code (none)}, the name, or {@code (another)}. */
    public String name(long number) {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(number == NONE ? "(none)" : "(another)");
    }
}
