package org.funkstille.proof.read.pf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/** Gives each tag a number; 0 is a packet without one. */
final class Tags {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** pf itself knows no more than 65535. */
    ValueSet of(String name) {
        int number = numbers.computeIfAbsent(name, _ -> Math.min(numbers.size() + 1, 65535));
        return Field.TAG.only(number);
    }
}
