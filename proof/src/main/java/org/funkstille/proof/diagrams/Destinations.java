package org.funkstille.proof.diagrams;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * Where packets are addressed to.
 *
 * @param boxes of protocols, destination ports and destinations; they do not overlap
 * @param complete false where there are more
 */
public record Destinations(List<Box> boxes, boolean complete) {

    public Destinations {
        boxes = List.copyOf(boxes);
    }

    static Destinations of(Diagrams diagrams, int set, int most) throws TooLarge {
        return new Collector(diagrams, most).collect(set);
    }

    /** In the order of variables. */
    private static final List<Field> FIELDS = List.of(Field.PROTOCOL, Field.DESTINATION, Field.DESTINATION_PORT);

    private static final class Collector {

        private final Diagrams diagrams;
        private final int most;
        private final List<Box> boxes = new ArrayList<>();
        private boolean complete = true;

        Collector(Diagrams diagrams, int most) {
            this.diagrams = diagrams;
            this.most = most;
        }

        Destinations collect(int set) throws TooLarge {
            int others = 0;
            int[] members = new int[Layout.PACKET];
            for (Field field : Field.values()) {
                if (!FIELDS.contains(field)) {
                    for (int variable : Layout.variables(field)) {
                        members[others++] = variable;
                    }
                }
            }
            VariableSet rest = diagrams.variables(Arrays.copyOf(members, others));
            collect(0, Box.all(), diagrams.exists(set, rest));
            return new Destinations(boxes, complete);
        }

        private void collect(int number, Box box, int set) throws TooLarge {
            if (set == Diagrams.FALSE) {
                return;
            }
            if (number == FIELDS.size()) {
                boxes.add(box);
                return;
            }
            Field field = FIELDS.get(number);
            Map<Integer, List<Range>> parts = new LinkedHashMap<>();
            split(field, 0, Value.ZERO, set, parts);
            for (Map.Entry<Integer, List<Range>> part : parts.entrySet()) {
                if (boxes.size() >= most) {
                    complete = false;
                    return;
                }
                collect(number + 1, box.with(field, ValueSet.ofAll(field.bits(), part.getValue())), part.getKey());
            }
        }

        /** For each rest below the field, the numbers of the field that lead to it. */
        private void split(Field field, int depth, Value block, int set, Map<Integer, List<Range>> parts)
                throws TooLarge {
            if (set == Diagrams.FALSE) {
                return;
            }
            diagrams.step();
            int bits = field.bits();
            if (diagrams.top(set) > Layout.variable(field, bits - 1)) {
                Value free = Value.largest(bits - depth);
                Value last = new Value(block.high() | free.high(), block.low() | free.low());
                parts.computeIfAbsent(set, _ -> new ArrayList<>()).add(new Range(block, last));
                return;
            }
            boolean here = diagrams.top(set) == Layout.variable(field, depth);
            split(field, depth + 1, block, here ? diagrams.low(set) : set, parts);
            Value upper = Bits.set(block, bits - 1 - depth);
            split(field, depth + 1, upper, here ? diagrams.high(set) : set, parts);
        }
    }
}
