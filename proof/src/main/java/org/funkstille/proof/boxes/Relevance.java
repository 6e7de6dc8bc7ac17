package org.funkstille.proof.boxes;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Box;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;

/**
 * Fields that no rule asks for need not be told apart: packets that differ only there share their fate, so fewer boxes
 * hold them.
 */
final class Relevance {

    private final Set<Field> asked = EnumSet.noneOf(Field.class);

    void add(Rule rule) {
        add(rule.condition());
        add(rule.action());
        for (Effect effect : rule.effects()) {
            switch (effect) {
                case Effect.Assign(Field field, var _) -> asked.add(field);
                case Effect.SetMark(Field field, long _, long _) -> addMark(field);
                case Effect.CopyMark(Field from, long _, Field to, long _) -> {
                    asked.add(from);
                    addMark(to);
                }
                case Effect.RouteTo _ -> asked.add(Field.OUT_INTERFACE);
                case Effect.NoTrack _ -> asked.add(Field.STATE);
                case Effect.Unclear _ -> {}
            }
        }
    }

    /** Whether there is a flow to mark hangs on the state. */
    private void addMark(Field field) {
        asked.add(field);
        if (field == Field.FLOW_MARK) {
            asked.add(Field.STATE);
        }
    }

    void add(Action action) {
        if (action instanceof Action.Lookup lookup) {
            asked.addAll(lookup.key());
            lookup.entries().forEach(entry -> add(entry.action()));
        }
    }

    void add(Field field) {
        asked.add(field);
    }

    void add(Condition condition) {
        switch (condition) {
            case Condition.In(Field field, var _) -> asked.add(field);
            case Condition.InterfaceIs(Field field, String _, boolean _) -> asked.add(field);
            case Condition.Row row -> asked.addAll(row.fields());
            case Condition.Not(Condition inner) -> add(inner);
            case Condition.All(List<Condition> parts) -> parts.forEach(this::add);
            case Condition.Any(List<Condition> parts) -> parts.forEach(this::add);
            case Condition.At _, Condition.Choice _, Condition.Unknown _ -> {}
        }
    }

    /** The boxes with every number in the fields that nobody asks for; as few as that makes possible. */
    List<Box> blurred(List<Box> boxes, Budget budget) throws TooLarge {
        List<Stream> streams = new ArrayList<>();
        for (Box box : boxes) {
            Box blurred = box;
            for (Field field : EnumSet.complementOf(EnumSet.copyOf(asked))) {
                blurred = blurred.with(field, field.all());
            }
            streams.add(Stream.of(blurred));
        }
        return Compaction.joined(streams, budget).stream().map(Stream::now).toList();
    }

    /** The parts of a box that lie in the boxes as they were. */
    static List<Box> sharp(Box blurred, List<Box> boxes) {
        List<Box> sharp = new ArrayList<>();
        for (Box box : boxes) {
            Box common = blurred.intersect(box);
            if (!common.isEmpty()) {
                sharp.add(common);
            }
        }
        return sharp;
    }
}
