package org.funkstille.proof.diagrams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.BaseChain.Matching;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.AddressSets;
import org.funkstille.proof.house.House;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.Value;
import org.funkstille.proof.sets.ValueSet;

/** Small rule sets of a house with one network, a way out and a way for guests, and the question of one camera. */
final class HouseRules {

    static final long CAMERA = 0x02_00_00_00_00_01L;

    static final House HOUSE = new House(
            List.of(new House.Leg(
                    "lan", "lan0", List.of(Prefix.parse("192.168.1.0/24"), Prefix.parse("2001:db8:1::/64")))),
            List.of("wan0"));

    private final Platform platform;
    private final List<BaseChain> bases = new ArrayList<>();
    private final Map<String, Chain> chains = new HashMap<>();

    private HouseRules(Platform platform) {
        this.platform = platform;
    }

    static HouseRules linux() {
        return new HouseRules(Platform.NETFILTER);
    }

    static HouseRules pf() {
        return new HouseRules(Platform.PF);
    }

    static Question question() {
        return question(false);
    }

    static Question question(boolean services) {
        return question(HOUSE, services);
    }

    static Question question(House house, boolean services) {
        return new Question(
                "lan0",
                ValueSet.of(48, CAMERA),
                Family.IPV4,
                AddressSets.of(Prefix.parse("192.168.1.7/32")),
                house,
                services,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    static Question question6() {
        return new Question(
                "lan0",
                ValueSet.of(48, CAMERA),
                Family.IPV6,
                AddressSets.of(Prefix.parse("2001:db8:1::/64")),
                HOUSE,
                false,
                Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** A base chain of its own name, first match. */
    HouseRules base(Hook hook, int priority, Action policy, Rule... rules) {
        return base(hook, priority, false, Matching.FIRST, Condition.ALWAYS, policy, rules);
    }

    HouseRules base(
            Hook hook,
            int priority,
            boolean translation,
            Matching matching,
            Condition guard,
            Action policy,
            Rule... rules) {
        String name = hook + " " + bases.size();
        bases.add(new BaseChain(name, hook, priority, translation, matching, guard, policy, source("policy " + name)));
        return chain(name, rules);
    }

    HouseRules forward(Action policy, Rule... rules) {
        return base(Hook.FORWARD, 0, policy, rules);
    }

    HouseRules last(Hook hook, Action policy, Rule... rules) {
        return base(hook, 0, false, Matching.LAST, Condition.ALWAYS, policy, rules);
    }

    HouseRules chain(String name, Rule... rules) {
        chains.put(name, new Chain(name, List.of(rules)));
        return this;
    }

    RuleSet build() {
        return new RuleSet(platform, bases, chains, List.of());
    }

    Finding ask() throws TooLarge {
        return ask(question());
    }

    Finding ask(Question question) throws TooLarge {
        return new DiagramEngine().ask(build(), question);
    }

    static Rule rule(Condition condition, Action action, Effect... effects) {
        return rule(false, condition, action, effects);
    }

    static Rule quick(Condition condition, Action action, Effect... effects) {
        return rule(true, condition, action, effects);
    }

    private static Rule rule(boolean quick, Condition condition, Action action, Effect... effects) {
        String text = condition + " " + List.of(effects) + " " + action;
        return new Rule(condition, List.of(effects), action, quick, Rule.Origin.OWNER, source(text));
    }

    static Rule accept(Condition... conditions) {
        return rule(Condition.all(conditions), Action.ACCEPT);
    }

    static Rule drop(Condition... conditions) {
        return rule(Condition.all(conditions), Action.DROP);
    }

    static Rule change(Effect... effects) {
        return rule(Condition.ALWAYS, Action.CONTINUE, effects);
    }

    static Source source(String text) {
        return new Source("rules", text, "");
    }

    static Condition tcp(long port) {
        return Condition.all(
                Condition.in(Field.PROTOCOL, 6),
                Condition.in(Field.LATER_FRAGMENT, 0),
                Condition.in(Field.DESTINATION_PORT, port));
    }

    static Condition to(String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        return AddressSets.in(Field.DESTINATION, parsed.family(), AddressSets.of(parsed));
    }

    static Condition camera() {
        return Condition.in(Field.ETHER_SOURCE, CAMERA);
    }

    static Condition unknown(String what) {
        return new Condition.Unknown(what);
    }

    static Condition choice() {
        return new Condition.Choice("limit rate 1/second");
    }

    static Effect assign(Field field, long value) {
        return new Effect.Assign(field, field.only(value));
    }

    static Effect assign(Field field, long first, long last) {
        return new Effect.Assign(field, ValueSet.of(field.bits(), Range.of(first, last)));
    }

    static Effect mark(long mark) {
        return new Effect.SetMark(Field.MARK, 0, mark);
    }

    static long address(String text) {
        return AddressSets.of(Prefix.parse(text + "/32"))
                .first()
                .orElse(Value.ZERO)
                .low();
    }
}
