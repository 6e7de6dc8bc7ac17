package org.funkstille.proof.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.ValueSet;

/** Rules for both kinds of matching. */
final class RandomRules {

    private static final List<Field> CHANGED = List.of(
            Field.MARK,
            Field.MARK,
            Field.FLOW_MARK,
            Field.TAG,
            Field.DSCP,
            Field.HOP_LIMIT,
            Field.SOURCE,
            Field.DESTINATION,
            Field.DESTINATION_PORT,
            Field.DESTINATION_TYPE,
            Field.FLOW_STATUS);

    private static final List<Field> CHANGED_IN_LAST_MATCH = List.of(
            Field.TAG, Field.TAG, Field.TAG, Field.DSCP, Field.SOURCE, Field.DESTINATION, Field.DESTINATION_PORT);

    private final Random random;
    private final Set<Ingredient> ingredients;
    private final Question question;
    private final Pool pool;
    private final RandomConditions conditions;
    private int rules;

    RandomRules(Random random, Set<Ingredient> ingredients, Question question, Pool pool, RandomConditions conditions) {
        this.random = random;
        this.ingredients = ingredients;
        this.question = question;
        this.pool = pool;
        this.conditions = conditions;
    }

    /** @param targets chains that may be jumped to */
    List<Rule> firstMatch(List<String> targets) {
        List<Rule> made = new ArrayList<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            made.add(rule(effects(CHANGED), action(targets, 1), false));
        }
        return made;
    }

    List<Rule> lastMatch() {
        List<Rule> made = new ArrayList<>();
        for (int count = random.nextInt(8); count > 0; count--) {
            Action action = switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> Action.ACCEPT;
                case 4, 5, 6, 7 -> Action.DROP;
                case 8 -> Action.CONTINUE;
                default -> unclear();
            };
            made.add(rule(
                    effects(CHANGED_IN_LAST_MATCH), action, !action.equals(Action.CONTINUE) && random.nextInt(3) == 0));
        }
        return made;
    }

    private Rule rule(List<Effect> effects, Action action, boolean quick) {
        Source source = new Source("rules:" + rules, "rule " + rules, "");
        rules++;
        return new Rule(conditions.condition(), effects, action, quick, Rule.Origin.OWNER, source);
    }

    private Action action(List<String> targets, int depth) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> Action.ACCEPT;
            case 4, 5, 6 -> Action.DROP;
            case 7 -> Action.REJECT;
            case 8, 9 -> targets.isEmpty() ? Action.CONTINUE : new Action.Jump(any(targets));
            case 10 -> targets.isEmpty() ? Action.CONTINUE : new Action.Goto(any(targets));
            case 11 -> Action.RETURN;
            case 12 -> depth > 0 ? lookup(targets) : Action.CONTINUE;
            case 13 -> unclear();
            default -> Action.CONTINUE;
        };
    }

    private Action unclear() {
        return ingredients.contains(Ingredient.UNKNOWN) && random.nextInt(3) == 0
                ? new Action.Unclear("target " + rules)
                : Action.CONTINUE;
    }

    private Action lookup(List<String> targets) {
        List<Field> key =
                random.nextBoolean() ? List.of(conditions.field()) : List.of(conditions.field(), conditions.field());
        List<Action.Entry> entries = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            List<ValueSet> sets = key.stream().map(pool::set).toList();
            Action action = action(targets, 0);
            entries.add(new Action.Entry(sets, action instanceof Action.Unclear ? Action.DROP : action));
        }
        return new Action.Lookup(key, entries);
    }

    private List<Effect> effects(List<Field> changed) {
        List<Effect> effects = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            for (int count = 1 + random.nextInt(2); count > 0; count--) {
                effects.add(effect(changed));
            }
        }
        return effects;
    }

    private Effect effect(List<Field> changed) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            List<String> names = question.house().interfaces();
            return new Effect.RouteTo(random.nextInt(5) == 0 ? "tun0" : any(names));
        }
        if (kind == 1 && ingredients.contains(Ingredient.UNCLEAR_EFFECT) && random.nextInt(3) == 0) {
            return new Effect.Unclear("statement " + rules);
        }
        if (changed.equals(CHANGED)) {
            switch (kind) {
                case 2 -> {
                    return new Effect.NoTrack();
                }
                case 3, 4 -> {
                    Field field = random.nextBoolean() ? Field.MARK : Field.FLOW_MARK;
                    return new Effect.SetMark(field, random.nextInt(32), random.nextInt(32));
                }
                case 5, 6 -> {
                    boolean save = random.nextBoolean();
                    return new Effect.CopyMark(
                            save ? Field.MARK : Field.FLOW_MARK,
                            random.nextBoolean() ? 0xffffffffL : random.nextInt(32),
                            save ? Field.FLOW_MARK : Field.MARK,
                            random.nextBoolean() ? 0xffffffffL : random.nextInt(32));
                }
                default -> {}
            }
        }
        Field field = changed.get(random.nextInt(changed.size()));
        boolean several = ingredients.contains(Ingredient.SEVERAL_NUMBERS) && random.nextInt(3) == 0;
        return new Effect.Assign(field, several ? pool.several(field) : ValueSet.of(field.bits(), pool.value(field)));
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
