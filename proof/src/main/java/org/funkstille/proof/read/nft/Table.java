package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.Surroundings;

/** One table: its sets, its chains, and their rules in order. */
final class Table {

    /** The kernel takes 128 expressions for a rule (NFT_RULE_MAXEXPRS), and each statement is one at least. */
    private static final int MOST_STATEMENTS = 128;

    private final String family;
    private final String name;
    private final Json definition;
    private final Times times;
    private final NamedSets sets;
    private final Marks marks;
    private final Matches matches;
    private final Translation translation;
    private final Surroundings surroundings;
    private final Consumer<String> assumptions;
    private final Map<String, Json> chains = new LinkedHashMap<>();
    private final Map<String, List<Json>> rules = new LinkedHashMap<>();

    /** Large verdict maps are asked by more than one rule. */
    private final Map<String, Step.Decide> decisions = new HashMap<>();

    /**
     * @param marks of all tables together: a packet takes its mark from one to the next
     * @param fragments true where rules may come to see later fragments
     */
    Table(
            String family,
            Json definition,
            Surroundings surroundings,
            Marks marks,
            boolean fragments,
            Consumer<String> assumptions) {
        this.family = family;
        this.name = definition.text("name");
        this.definition = definition;
        this.surroundings = surroundings;
        this.marks = marks;
        this.assumptions = assumptions;
        this.times = new Times(surroundings.zone(), surroundings.takenAt());
        this.sets = new NamedSets(surroundings.takenAt());
        this.matches = new Matches(new Selectors(family.equals("bridge"), fragments), sets, times, marks);
        this.translation = new Translation(surroundings.house());
    }

    /** {@code inet fw4} */
    String name() {
        return family + " " + name;
    }

    /** The name of one of its chains as the rule set has it. */
    String chain(String chain) {
        return name() + " " + chain;
    }

    /** {@code ip}, {@code inet} and so on. */
    String family() {
        return family;
    }

    Times times() {
        return times;
    }

    NamedSets sets() {
        return sets;
    }

    Matches matches() {
        return matches;
    }

    Translation translation() {
        return translation;
    }

    /** The same for the same map and key. */
    Step.Decide decision(String map, String key, Supplier<Step.Decide> made) {
        String both = map + " " + key;
        Step.Decide known = decisions.get(both);
        if (known == null) {
            known = made.get();
            decisions.put(both, known);
        }
        return known;
    }

    /** True of an interface into a network of the house. */
    boolean leadsInside(String interfaceName) {
        return surroundings.house().inside().stream()
                .anyMatch(leg -> leg.interfaceName().equals(interfaceName));
    }

    void assume(String assumption) {
        assumptions.accept(assumption);
    }

    void add(String kind, Json body) {
        switch (kind) {
            case "chain" -> {
                chains.put(required(body, "name"), body);
                rules.putIfAbsent(body.text("name"), new ArrayList<>());
            }
            case "set", "map" -> sets.define(body);
            case "element" -> sets.add(body);
            case "rule" -> {
                List<Json> known = rules.get(required(body, "chain"));
                if (known == null) {
                    throw new Malformed(
                            body.at(), "a rule of the chain " + chain(body.text("chain")) + ", which does not exist");
                }
                known.add(body);
                learn(expressions(body));
            }
            default -> {
                // Counters, quotas, limits and helpers are told by the rules that use them.
            }
        }
    }

    static String required(Json body, String member) {
        String text = body.text(member);
        if (text.isEmpty()) {
            throw new Malformed(body.at(), "\"" + member + "\" is missing or is no string");
        }
        return text;
    }

    private static Json expressions(Json rule) {
        Json expressions = rule.get("expr").orElse(new Json.Arr(rule.at(), List.of()));
        if (!(expressions instanceof Json.Arr)) {
            throw new Malformed(expressions.at(), "the statements of a rule are not an array");
        }
        if (expressions.items().size() > MOST_STATEMENTS) {
            throw new Malformed(expressions.at(), "a rule of more than " + MOST_STATEMENTS + " statements");
        }
        for (Json statement : expressions.items()) {
            // What nft has no JSON for, it prints as text.
            if (statement.kind().isEmpty() && statement.string().isEmpty()) {
                throw new Malformed(statement.at(), "a statement of a rule is not an object with one member");
            }
        }
        return expressions;
    }

    /** What rules do to sets and marks, of which other rules, also earlier ones, hang. */
    private void learn(Json expressions) {
        for (Json statement : expressions.items()) {
            Json body = statement.body();
            switch (statement.kind()) {
                case "set", "map" ->
                    sets.change(
                            body.text(statement.kind()).replaceFirst("^@", ""),
                            NftWords.rule(expressions),
                            body.text("op").equals("delete"));
                case "mangle" -> marks.learn(body, sets);
                default -> {
                    // Changes neither.
                }
            }
        }
    }

    /** Adds all chains to those of the rule set. */
    void build(Map<String, Chain> found, List<BaseChain> bases) {
        BaseChains baseChains = new BaseChains(family, definition, surroundings.house(), assumptions);
        chains.forEach((chain, body) -> {
            baseChains.of(chain(chain), body).ifPresent(bases::add);
            List<Rule> built = new ArrayList<>();
            for (Json rule : rules.getOrDefault(chain, List.of())) {
                Json expressions = expressions(rule);
                String handle = rule.number("handle").isPresent()
                        ? " handle " + rule.number("handle").getAsLong()
                        : " rule " + (built.size() + 1);
                Source source = new Source(chain(chain) + handle, NftWords.rule(expressions), rule.text("comment"));
                built.addAll(new RuleBuilder(found, source).build(Steps.of(expressions, this)));
            }
            found.put(chain(chain), new Chain(chain(chain), built));
        });
    }
}
