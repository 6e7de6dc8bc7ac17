package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.Translated;
import org.funkstille.proof.sets.ValueSet;

/**
 * From the steps of one rule of nft to rules of the neutral form. One is enough where nothing happens before the last
 * question; what stands behind an effect goes to a chain of its own, so that what was asked before is not asked again of
 * the changed packet.
 */
final class RuleBuilder {

    /** A rule of nft has a few statements; more than this come from nobody who means well. */
    private static final int DEEPEST = 16;

    private static final int MOST_ALTERNATIVES = 256;

    /** Each alternative takes a chain; beyond this, it is not told which of them happens. */
    private static final int MOST_CHAINS = 50_000;

    private final Map<String, Chain> chains;
    private final Source source;
    private final int depth;

    /** @param chains takes the chains that are made */
    RuleBuilder(Map<String, Chain> chains, Source source) {
        this(chains, source, 0);
    }

    private RuleBuilder(Map<String, Chain> chains, Source source, int depth) {
        this.chains = chains;
        this.source = source;
        this.depth = depth;
    }

    List<Rule> build(List<Step> steps) {
        List<Rule> rules = new ArrayList<>();
        List<Condition> asked = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            List<Step> rest = steps.subList(index, steps.size());
            boolean apart = !effects.isEmpty() && depth < DEEPEST && staysInside(rest);
            switch (steps.get(index)) {
                case Step.Do(List<Effect> more) -> effects.addAll(more);
                case Step.End(Action action) -> {
                    rules.addAll(Translated.split(rule(asked, effects, action)));
                    return rules;
                }
                case Step.Ask(Condition condition) -> {
                    if (apart) {
                        rules.add(rule(asked, effects, new Action.Jump(tail(rest))));
                        return rules;
                    }
                    settle(rules, asked, effects);
                    asked.add(condition);
                }
                case Step.Choose choose -> {
                    if (apart) {
                        rules.add(rule(asked, effects, new Action.Jump(tail(rest))));
                        return rules;
                    }
                    settle(rules, asked, effects);
                    List<Step> behind = steps.subList(index + 1, steps.size());
                    boolean last = behind.stream().noneMatch(Step.Choose.class::isInstance);
                    if (last && depth < DEEPEST && staysInside(behind) && isSimple(choose)) {
                        rules.add(rule(asked, effects, chosen(choose, behind)));
                        return rules;
                    }
                    asked.add(choose.key()
                            .in(choose.alternatives().stream()
                                    .map(Step.Alternative::element)
                                    .toList()));
                    effects.addAll(Mangling.any(choose.alternatives().stream()
                            .map(Step.Alternative::effects)
                            .toList()));
                }
                case Step.Decide decide -> {
                    if (apart) {
                        rules.add(rule(asked, effects, new Action.Jump(tail(rest))));
                        return rules;
                    }
                    settle(rules, asked, effects);
                    decide.actions()
                            .forEach(one -> rules.add(rule(with(asked, one.condition()), List.of(), one.action())));
                    return rules;
                }
            }
        }
        if (!effects.isEmpty() || rules.isEmpty()) {
            rules.add(rule(asked, effects, Action.CONTINUE));
        }
        return rules;
    }

    private Rule rule(List<Condition> asked, List<Effect> effects, Action action) {
        return new Rule(Condition.all(asked), effects, action, false, Rule.Origin.OWNER, source);
    }

    private static List<Condition> with(List<Condition> asked, Condition more) {
        List<Condition> all = new ArrayList<>(asked);
        if (!more.equals(Condition.ALWAYS)) {
            all.add(more);
        }
        return all;
    }

    /** What is behind, in a chain of its own. */
    private String tail(List<Step> steps) {
        String name = source.place() + " part " + (chains.size() + 1);
        chains.put(name, new Chain(name, List.of()));
        chains.put(name, new Chain(name, new RuleBuilder(chains, source, depth + 1).build(steps)));
        return name;
    }

    /** True where nothing in it hangs on which chain it stands in. */
    private static boolean staysInside(List<Step> steps) {
        return steps.stream().allMatch(step -> switch (step) {
            case Step.End(Action action) -> staysInside(action);
            case Step.Decide decide -> decide.actions().stream().allMatch(asked -> staysInside(asked.action()));
            case Step.Ask _, Step.Do _, Step.Choose _ -> true;
        });
    }

    private static boolean staysInside(Action action) {
        return switch (action) {
            case Action.Return _, Action.Goto _ -> false;
            case Action.Lookup lookup -> lookup.entries().stream().allMatch(entry -> staysInside(entry.action()));
            default -> true;
        };
    }

    /** The effects so far happen in a rule before; what was asked of the packet then may be otherwise now. */
    private void settle(List<Rule> rules, List<Condition> asked, List<Effect> effects) {
        if (effects.isEmpty()) {
            return;
        }
        rules.add(rule(asked, effects, Action.CONTINUE));
        Set<Field> changed = EnumSet.noneOf(Field.class);
        effects.forEach(effect -> changed(effect, changed));
        asked.replaceAll(condition -> Reading.hangsOn(condition, changed)
                ? new Condition.Unknown("whether the packet, as it was before, matched \"" + source.text() + '"')
                : condition);
        effects.clear();
    }

    private static void changed(Effect effect, Set<Field> fields) {
        switch (effect) {
            case Effect.Assign(Field field, ValueSet _) -> fields.add(field);
            case Effect.SetMark(Field field, long _, long _) -> fields.add(field);
            case Effect.CopyMark copy -> fields.add(copy.to());
            case Effect.NoTrack _ -> fields.add(Field.STATE);
            case Effect.RouteTo _ -> fields.add(Field.OUT_INTERFACE);
            case Effect.Unclear _ -> fields.addAll(EnumSet.allOf(Field.class));
        }
    }

    private boolean isSimple(Step.Choose choose) {
        return choose.alternatives().size() <= MOST_ALTERNATIVES
                && chains.size() < MOST_CHAINS
                && !choose.key().fields().isEmpty()
                && choose.key()
                        .withoutPorts(choose.alternatives().stream()
                                .map(Step.Alternative::element)
                                .toList())
                        .isEmpty()
                && choose.alternatives().stream()
                        .allMatch(
                                one -> choose.key().row(one.element()).beside().equals(Condition.ALWAYS));
    }

    /** Each value of the map leads to a chain that has its effects, and what is behind. */
    private Action chosen(Step.Choose choose, List<Step> behind) {
        Map<List<Effect>, String> parts = new LinkedHashMap<>();
        List<Action.Entry> entries = new ArrayList<>();
        List<Action.Entry> defaults = new ArrayList<>();
        for (Step.Alternative one : choose.alternatives()) {
            String part = parts.computeIfAbsent(one.effects(), effects -> {
                List<Step> steps = new ArrayList<>();
                steps.add(new Step.Do(effects));
                steps.addAll(behind);
                return tail(steps);
            });
            (one.element().isDefault() ? defaults : entries)
                    .add(new Action.Entry(choose.key().row(one.element()).sets(), new Action.Jump(part)));
        }
        entries.addAll(defaults);
        return new Action.Lookup(choose.key().fields(), entries);
    }
}
