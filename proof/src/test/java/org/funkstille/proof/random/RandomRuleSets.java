package org.funkstille.proof.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.question.Question;

/**
 * Rule sets over the whole neutral form, made of few values so that conditions overlap. The same seed gives the same
 * rule sets.
 */
public final class RandomRuleSets {

    private static final List<Hook> HOOKS = List.of(
            Hook.INGRESS,
            Hook.PREROUTING,
            Hook.PREROUTING,
            Hook.INPUT,
            Hook.FORWARD,
            Hook.FORWARD,
            Hook.FORWARD,
            Hook.OUTPUT,
            Hook.POSTROUTING,
            Hook.EGRESS);

    private static final List<Integer> PRIORITIES = List.of(-400, -300, -200, -199, -150, -100, 0, 0, 0, 10);

    private static final int HELPER_CHAINS = 4;

    private final Random random;
    private final Set<Ingredient> ingredients;

    /** With everything that is uncertain. */
    public RandomRuleSets(long seed) {
        this(seed, EnumSet.allOf(Ingredient.class));
    }

    public RandomRuleSets(long seed, Set<Ingredient> ingredients) {
        this.random = new Random(seed);
        this.ingredients = Set.copyOf(ingredients);
    }

    public RuleSet next(Question question) {
        return next(question, random.nextInt(3) == 0 ? Platform.PF : Platform.NETFILTER);
    }

    public RuleSet next(Question question, Platform platform) {
        return next(question, platform, 2 + random.nextInt(6));
    }

    /** @param fields how many fields its conditions ask for, beside interfaces: with few, all cases can be enumerated */
    public RuleSet next(Question question, Platform platform, int fields) {
        Pool pool = new Pool(random, question);
        List<Field> some = new ArrayList<>(List.of(Field.values()));
        Collections.shuffle(some, random);
        RandomConditions conditions = new RandomConditions(
                random, ingredients, question, pool, some.subList(0, Math.min(fields, some.size())));
        RandomRules rules = new RandomRules(random, ingredients, question, pool, conditions);
        return platform == Platform.NETFILTER ? netfilter(rules, conditions) : pf(rules, conditions);
    }

    private RuleSet netfilter(RandomRules rules, RandomConditions conditions) {
        Map<String, Chain> chains = new HashMap<>();
        List<String> helpers = helpers(chains, rules);
        List<BaseChain> bases = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            Hook hook = HOOKS.get(random.nextInt(HOOKS.size()));
            boolean translation = (hook == Hook.PREROUTING || hook == Hook.POSTROUTING) && random.nextInt(3) == 0;
            String name = "table " + hook.name().toLowerCase(Locale.ROOT) + count;
            chains.put(name, new Chain(name, rules.firstMatch(helpers)));
            int priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
            bases.add(base(name, hook, priority, translation, Matching.FIRST, conditions));
        }
        return new RuleSet(Platform.NETFILTER, bases, chains, List.of());
    }

    /** Translation first, as in pf; both with first match. */
    private RuleSet pf(RandomRules rules, RandomConditions conditions) {
        Map<String, Chain> chains = new HashMap<>();
        List<String> helpers = helpers(chains, rules);
        List<BaseChain> bases = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            chains.put("rdr", new Chain("rdr", rules.firstMatch(helpers)));
            bases.add(base("rdr", Hook.PREROUTING, -10, true, Matching.FIRST, conditions));
        }
        chains.put("in", new Chain("in", rules.lastMatch()));
        bases.add(base("in", Hook.PREROUTING, 0, false, Matching.LAST, conditions));
        if (random.nextInt(3) == 0) {
            chains.put("nat", new Chain("nat", rules.firstMatch(helpers)));
            bases.add(base("nat", Hook.POSTROUTING, -10, true, Matching.FIRST, conditions));
        }
        chains.put("out", new Chain("out", rules.lastMatch()));
        bases.add(base("out", Hook.POSTROUTING, 0, false, Matching.LAST, conditions));
        return new RuleSet(Platform.PF, bases, chains, List.of());
    }

    /** Each jumps only to later ones. */
    private List<String> helpers(Map<String, Chain> chains, RandomRules rules) {
        List<String> made = new ArrayList<>();
        for (int count = HELPER_CHAINS; count > 0; count--) {
            String name = "table helper" + count;
            chains.put(name, new Chain(name, rules.firstMatch(made)));
            made.add(name);
        }
        return made;
    }

    private BaseChain base(
            String name, Hook hook, int priority, boolean translation, Matching matching, RandomConditions conditions) {
        Condition guard = random.nextInt(4) == 0 ? conditions.condition() : Condition.ALWAYS;
        Action policy = translation || random.nextInt(3) > 0 ? Action.ACCEPT : Action.DROP;
        Source source = new Source("rules", "policy of " + name, "");
        return new BaseChain(name, hook, priority, translation, matching, guard, policy, source);
    }
}
