package org.funkstille.proof.read.iptables;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/**
 * All marks that packets and flows can come to have: 0 at first, and whatever rules make of it. A mask such as
 * {@code 0x1/0x1} stands for more ranges of numbers than can be told; of these few numbers it is told easily.
 */
final class MarkValues {

    private static final int MOST = 4096;

    private final NavigableSet<Long> packets = new TreeSet<>(Set.of(0L));
    private final NavigableSet<Long> flows = new TreeSet<>(Set.of(0L));
    private boolean bounded = true;

    static MarkValues of(SourceText text, Context context) {
        MarkValues values = new MarkValues();
        Set<Effect> effects = new LinkedHashSet<>();
        for (Line line : Line.of(text)) {
            if (line.text().contains("MARK ")) {
                effects.addAll(effects(line, context));
            }
        }
        values.close(effects);
        return values;
    }

    /** Those marks of the field that agree with the value in the bits of the mask; absent where marks are not bounded. */
    Optional<ValueSet> masked(Field field, long value, long mask) {
        return bounded
                ? Optional.of(ValueSet.ofAll(
                        field.bits(),
                        marks(field).stream()
                                .filter(mark -> (mark & mask) == value)
                                .map(mark -> Range.of(mark, mark))
                                .toList()))
                : Optional.empty();
    }

    private static List<Effect> effects(Line line, Context context) {
        try {
            return Targets.read(RuleLineParser.parse(line).target(), Set.of(), context).stream()
                    .flatMap(outcome -> outcome.effects().stream())
                    .toList();
        } catch (ReadingException _) {
            // Said when the line's turn comes.
            return List.of();
        }
    }

    private void close(Set<Effect> effects) {
        boolean grew = true;
        while (grew && bounded) {
            grew = false;
            for (Effect effect : effects) {
                grew |= apply(effect);
                // Each may double them.
                bounded &= packets.size() <= MOST && flows.size() <= MOST;
                if (!bounded) {
                    break;
                }
            }
        }
    }

    private boolean apply(Effect effect) {
        return switch (effect) {
            case Effect.SetMark(Field field, long keep, long flip) ->
                marks(field)
                        .addAll(marks(field).stream()
                                .map(mark -> (mark & keep) ^ flip)
                                .toList());
            case Effect.CopyMark(Field from, long fromMask, Field to, long toMask) -> copy(from, fromMask, to, toMask);
            case Effect.Assign(Field field, ValueSet _) -> {
                bounded &= field != Field.MARK && field != Field.FLOW_MARK;
                yield false;
            }
            case Effect.NoTrack _, Effect.RouteTo _, Effect.Unclear _ -> false;
        };
    }

    private boolean copy(Field from, long fromMask, Field to, long toMask) {
        boolean grew = false;
        for (long old : List.copyOf(marks(to))) {
            for (long read : List.copyOf(marks(from))) {
                grew |= marks(to).add((old & ~toMask) ^ (read & fromMask));
            }
            if (marks(to).size() > MOST) {
                bounded = false;
                return false;
            }
        }
        return grew;
    }

    private NavigableSet<Long> marks(Field field) {
        return field == Field.MARK ? packets : flows;
    }
}
