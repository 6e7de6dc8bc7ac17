package org.funkstille.proof.random;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Packet;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/**
 * Packets of a question such that each other one is treated like one of them: for each field, of all numbers that lie in
 * the same of the sets which the rules ask for, one. (Marks are computed with, but come in as 0.)
 */
public final class Representatives {

    private Representatives() {}

    /** Absent where there would be more than that. */
    public static Optional<List<Packet>> of(Question question, RuleSet rules, int most) {
        Mentioned mentioned = new Mentioned(rules, question);
        List<Packet> all = new ArrayList<>();
        for (Box box : new Space(question, rules.platform()).sent()) {
            Map<Field, List<Value>> values = new EnumMap<>(Field.class);
            long product = 1;
            for (Field field : Field.values()) {
                List<Value> some = values(box.get(field), mentioned.sets(field));
                values.put(field, some);
                product = Math.multiplyExact(product, some.size());
                if (product + all.size() > most) {
                    return Optional.empty();
                }
            }
            all.addAll(product(values));
        }
        return Optional.of(all);
    }

    /** The first number of each class. */
    private static List<Value> values(ValueSet allowed, List<ValueSet> sets) {
        List<ValueSet> classes = List.of(allowed);
        for (ValueSet set : sets) {
            classes = classes.stream()
                    .flatMap(one -> Stream.of(one.intersect(set), one.minus(set)))
                    .filter(one -> !one.isEmpty())
                    .toList();
        }
        return classes.stream().map(one -> one.first().orElseThrow()).toList();
    }

    private static List<Packet> product(Map<Field, List<Value>> values) {
        List<Packet> packets = List.of(new Packet(_ -> Value.ZERO));
        for (Field field : Field.values()) {
            packets = packets.stream()
                    .flatMap(packet ->
                            values.getOrDefault(field, List.of()).stream().map(value -> packet.with(field, value)))
                    .toList();
        }
        return packets;
    }
}
