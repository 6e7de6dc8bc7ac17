package org.funkstille.proof.random;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.TimeSpan;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.ValueSet;

/** Conditions on some fields. */
final class RandomConditions {

    private final Random random;
    private final Set<Ingredient> ingredients;
    private final Question question;
    private final Pool pool;
    private final List<Field> fields;
    private int unknowns;

    /** @param fields those that conditions ask for */
    RandomConditions(Random random, Set<Ingredient> ingredients, Question question, Pool pool, List<Field> fields) {
        this.random = random;
        this.ingredients = ingredients;
        this.question = question;
        this.pool = pool;
        this.fields = List.copyOf(fields);
    }

    Field field() {
        return fields.get(random.nextInt(fields.size()));
    }

    Condition condition() {
        return random.nextInt(8) == 0 ? Condition.ALWAYS : condition(2);
    }

    private Condition condition(int depth) {
        int kind = random.nextInt(depth > 0 ? 21 : 12);
        return switch (kind) {
            case 0, 1, 2, 3, 4, 5 -> in();
            case 7 -> interfaceIs();
            case 8 -> row();
            case 6, 9, 20 -> uncertain();
            case 10 -> at();
            case 11 -> in();
            case 12, 19 -> new Condition.Not(condition(depth - 1));
            case 13, 14, 15, 16 -> new Condition.All(several(depth - 1));
            case 17 -> Condition.not(condition(depth - 1));
            default -> new Condition.Any(several(depth - 1));
        };
    }

    private List<Condition> several(int depth) {
        List<Condition> parts = new ArrayList<>();
        for (int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3); count > 0; count--) {
            parts.add(condition(depth));
        }
        return parts;
    }

    private Condition in() {
        Field field = field();
        return new Condition.In(field, pool.set(field));
    }

    private Condition interfaceIs() {
        List<String> names = question.house().interfaces();
        String name = random.nextInt(6) == 0 ? "tun0" : names.get(random.nextInt(names.size()));
        boolean prefix = random.nextInt(4) == 0;
        return new Condition.InterfaceIs(
                random.nextBoolean() ? Field.IN_INTERFACE : Field.OUT_INTERFACE,
                prefix ? name.substring(0, 2) : name,
                prefix);
    }

    private Condition row() {
        List<Field> key = List.of(field(), field());
        List<List<ValueSet>> rows = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            rows.add(List.of(pool.set(key.getFirst()), pool.set(key.getLast())));
        }
        return new Condition.Row(key, rows);
    }

    private Condition uncertain() {
        List<Condition> possible = new ArrayList<>();
        if (ingredients.contains(Ingredient.CHOICE)) {
            possible.add(new Condition.Choice("limit " + unknowns));
        }
        if (ingredients.contains(Ingredient.UNKNOWN)) {
            possible.add(new Condition.Unknown("match " + unknowns));
        }
        unknowns++;
        return possible.isEmpty() ? in() : possible.get(random.nextInt(possible.size()));
    }

    private Condition at() {
        Optional<Instant> edge = Optional.of(question.at().plus(Duration.ofHours(random.nextInt(-30, 30))));
        return switch (random.nextInt(6)) {
            case 0 -> new Condition.At(new TimeSpan.Between(edge, Optional.empty()));
            case 1 -> new Condition.At(new TimeSpan.Between(Optional.empty(), edge));
            case 2 ->
                ingredients.contains(Ingredient.UNKNOWN)
                        ? new Condition.At(new TimeSpan.Daily(
                                LocalTime.of(6, 0),
                                LocalTime.of(22, unknowns++ % 60),
                                EnumSet.allOf(DayOfWeek.class),
                                Optional.empty()))
                        : in();
            default -> in();
        };
    }
}
