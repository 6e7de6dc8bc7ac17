package org.funkstille.proof.smt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Whether a number is in a set. A set of many ranges is written once, as a function. */
final class SetTests {

    private static final int WRITTEN_IN_PLACE = 3;

    private record Known(Field field, ValueSet set) {}

    private final Lines definitions;
    private final Map<Known, String> functions = new HashMap<>();

    SetTests(Lines definitions) {
        this.definitions = definitions;
    }

    String in(Field field, String term, ValueSet set) throws TooLarge {
        if (set.rangeCount() <= WRITTEN_IN_PLACE) {
            return ranges(field, term, set);
        }
        ValueSet rest = set.complement();
        return rest.rangeCount() < set.rangeCount()
                ? Terms.not(in(field, term, rest))
                : "(" + function(field, set) + " " + term + ")";
    }

    private String function(Field field, ValueSet set) throws TooLarge {
        Known known = new Known(field, set);
        String name = functions.get(known);
        if (name == null) {
            name = "set-" + functions.size();
            functions.put(known, name);
            definitions.line("(define-fun " + name + " ((x " + Terms.sort(field) + ")) Bool " + ranges(field, "x", set)
                    + ") ; of " + field);
        }
        return name;
    }

    private static String ranges(Field field, String term, ValueSet set) {
        List<String> tests =
                set.ranges().stream().map(range -> range(field, term, range)).toList();
        return Terms.or(tests);
    }

    private static String range(Field field, String term, Range range) {
        if (range.first().equals(range.last())) {
            return "(= " + term + " " + Terms.number(field, range.first()) + ")";
        }
        String from = range.first().equals(Value.ZERO)
                ? Terms.TRUE
                : "(bvuge " + term + " " + Terms.number(field, range.first()) + ")";
        String to = range.last().equals(Value.largest(field.bits()))
                ? Terms.TRUE
                : "(bvule " + term + " " + Terms.number(field, range.last()) + ")";
        return Terms.and(from, to);
    }
}
